"""What stands between a draft and its publication, each in clear words and with the field that mends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from bothways.kits.models import MOST_QUESTIONS, WARN_QUESTIONS, AnswerKind, Captions, KitVersion, Question
from bothways.kits.models.question import FEWEST_OPTIONS
from bothways.kits.queries.versions import questions_of
from bothways.media.models import Recording, RecordingState


@dataclass(frozen=True, slots=True)
class Blocker:
    """`code` is for programs, `words` say what is missing, `why` says what it is good for or what to do.

    `field` is the name of the field that mends it: of the question where there is one, else of the version.
    """

    code: str
    words: str
    why: str
    field: str
    question_id: UUID | None = None
    place: int | None = None


def blockers(version: KitVersion, questions: Sequence[Question] | None = None) -> list[Blocker]:
    """Everything that is required and missing, in the order of the page. Empty means: may be published."""
    asked = list(questions_of(version)) if questions is None else questions
    found = _of_the_welcome(version)
    if not asked:
        words = _("There is no question yet.")
        found.append(Blocker("questions_none", words, _("Four are a good number."), "questions"))
    if len(asked) > MOST_QUESTIONS:
        words = _("There are more than %(most)d questions.") % {"most": MOST_QUESTIONS}
        found.append(Blocker("questions_too_many", words, _("People give up before the end."), "questions"))
    for question in asked:
        found += _of_the_question(question)
    return found


def is_long(questions: Sequence[Question]) -> bool:
    """More questions than are good for the people who answer, though still allowed."""
    return len(questions) > WARN_QUESTIONS


def _of_the_welcome(version: KitVersion) -> list[Blocker]:
    found = []
    if not version.welcome_text.strip():
        words = _("Nobody has written the welcome.")
        found.append(Blocker("welcome_text", words, _("It is the first thing that candidates read."), "welcome_text"))
    if version.welcome_by_id is None:
        words = _("The welcome is from nobody.")
        found.append(Blocker("welcome_by", words, _("Candidates want to know who asks them."), "welcome_by"))
    trouble, unread = _trouble(version.welcome_prompt), _is_unread(version.welcome_prompt, version.welcome_captions)
    if trouble == "receiving":
        words = _("The recorded welcome is still on its way.")
        found.append(Blocker("welcome_receiving", words, _("Wait a moment, or remove it."), "welcome_prompt"))
    elif trouble == "failed":
        words = _("The recorded welcome cannot be played.")
        found.append(Blocker("welcome_failed", words, _("Record it again, or remove it."), "welcome_prompt"))
    elif unread:
        words = _("Nobody has read the captions of the welcome.")
        found.append(Blocker("welcome_captions", words, _why_captions(), "welcome_captions"))
    trouble = _trouble(version.welcome_sign)
    if trouble == "receiving":
        words = _("The welcome in sign language is still on its way.")
        found.append(Blocker("welcome_sign_receiving", words, _("Wait a moment, or remove it."), "welcome_sign"))
    elif trouble == "failed":
        words = _("The welcome in sign language cannot be played.")
        found.append(Blocker("welcome_sign_failed", words, _("Record it again, or remove it."), "welcome_sign"))
    return found


def _of_the_question(question: Question) -> list[Blocker]:
    n = {"n": question.place}
    found: list[Blocker] = []

    def missing(code: str, field: str, words: str, why: str) -> None:
        found.append(Blocker(code, words, why, field, question.id, question.place))

    if not question.text.strip():
        why = _("It must be there to read, too, for those who cannot hear it.")
        missing("question_text", "text", _("Question %(n)d has no words.") % n, why)
    trouble = _trouble(question.prompt)
    if question.prompt is None and not question.no_prompt_reason.strip():
        words = _("Question %(n)d has no person asking.") % n
        missing("prompt", "prompt", words, _("Record it, or say why not."))
    elif trouble == "receiving":
        words = _("The recording of question %(n)d is still on its way.") % n
        missing("prompt_receiving", "prompt", words, _("Wait a moment, or remove it."))
    elif trouble == "failed":
        words = _("The recording of question %(n)d cannot be played.") % n
        missing("prompt_failed", "prompt", words, _("Record it again, or remove it."))
    elif _is_unread(question.prompt, question.captions):
        words = _("Nobody has read the captions of question %(n)d.") % n
        missing("captions", "captions", words, _why_captions())
    sign_trouble = _trouble(question.sign)
    if sign_trouble == "receiving":
        words = _("Question %(n)d in sign language is still on its way.") % n
        missing("sign_receiving", "sign", words, _("Wait a moment, or remove it."))
    elif sign_trouble == "failed":
        words = _("Question %(n)d in sign language cannot be played.") % n
        missing("sign_failed", "sign", words, _("Record it again, or remove it."))
    if question.prompt is not None and question.asker_id is None:
        words = _("Question %(n)d does not say who asks.") % n
        missing("asker", "asker", words, _("A face needs a name."))
    if question.competency_id is None:
        words = _("Question %(n)d does not say what it looks for.") % n
        missing("competency", "competency", words, _("Raters need to know what to listen for."))
    for level in (1, 3, 5):
        if not getattr(question, f"anchor_{level}").strip():
            words = _("Question %(n)d has no anchor for %(level)d.") % {**n, "level": level}
            why = _("Two raters cannot agree on what is not written.")
            missing(f"anchor_{level}", f"anchor_{level}", words, why)
    if question.answer_kind == AnswerKind.CHOICE and len(question.options) < FEWEST_OPTIONS:
        words = _("Question %(n)d has fewer than two options to choose from.") % n
        missing("options", "options", words, _("Write one on each line."))
    elif question.answer_kind == AnswerKind.CHOICE and len(set(question.options)) < len(question.options):
        words = _("Question %(n)d has the same option twice.") % n
        missing("options_twice", "options", words, _("Candidates would not know which one to choose."))
    low, high = question.number_min, question.number_max
    if question.answer_kind == AnswerKind.NUMBER and low is not None and high is not None and low > high:
        words = _("Question %(n)d allows no number at all.") % n
        missing("number_bounds", "number_max", words, _("The smallest number is above the largest."))
    if question.is_worse_than_default and not question.reason.strip():
        words = _("Question %(n)d gives candidates less than usual, and nobody has said why.") % n
        missing("reason", "reason", words, _("One sentence is enough."))
    return found


def _is_unread(prompt: Recording | None, captions: Captions | None) -> bool:
    return prompt is not None and (captions is None or not captions.is_reviewed)


def _why_captions() -> str:
    return _("Who cannot hear it reads them. Read them once, and say that they are right.")


def _trouble(prompt: Recording | None) -> str:
    if prompt is None or prompt.state == RecordingState.READY:
        return ""
    return "failed" if prompt.state == RecordingState.FAILED else "receiving"
