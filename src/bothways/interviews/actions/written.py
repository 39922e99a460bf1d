"""Answers that are not recorded: saved while they are written, and kept when the candidate says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.answering import begin, locked, require_newest, require_time
from bothways.interviews.actions.passages import note_answer
from bothways.interviews.models import LONGEST_TEXT, Answer, Interview, WrittenAnswer
from bothways.interviews.queries.reading import reading_ms
from bothways.interviews.queries.written import number_bounds, shown_writing
from bothways.kits.models import AnswerKind, Question
from bothways.lib.errors import Refused

LARGEST_NUMBER = 10**11
MOST_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the form. Which of it counts, the kind of the question says."""

    text: str = ""
    options: Sequence[int] = ()
    number: Decimal | None = None


@transaction.atomic
def save_draft(
    *, interview: Interview, question: Question, text: str, actor: Actor, revision: int | None = None
) -> WrittenAnswer:
    """Save the words as they stand while they are written. The same again changes nothing.

    A draft is not the answer until it is kept. Words that were kept and are written on stay the answer, as they stand;
    emptied, they are no answer any more. `revision` is the one the page started from; None overwrites whatever stands.

    Raises:
        WrittenElsewhere: another revision with other words stands.
        Refused: `not_in_writing` for another kind of question, `too_long`, or why the interview is closed.
    """
    interview = locked(interview, actor)
    if not question.is_recorded:
        raise Refused("not_in_writing", _("This question is answered in another way. Load the page again."))
    text = text.replace("\r\n", "\n").strip("\n")
    _require_short(text)
    answer, written = begun(interview, question, actor)
    require_newest(written, text, revision)
    if written.text != text:
        _put(written, Given(text=text), question)
    if not text.strip() and answer.chosen_written_id:
        answer.chosen_written = None
        answer.save(update_fields=["chosen_written"])
    return written


@transaction.atomic
def keep_written(
    *, interview: Interview, question: Question, given: Given, actor: Actor, revision: int | None = None
) -> WrittenAnswer:
    """Make this the answer that the team sees, in the place of a take, should one have been chosen.

    What was kept last counts: choosing a take again puts this back to a draft. Free until the answers are sent.

    Raises:
        WrittenElsewhere, Refused: as in `save_draft`; `empty`, or `option` or `number` for what the question does not
            offer.
    """
    interview = locked(interview, actor)
    given = _checked(given, question)
    answer, written = begun(interview, question, actor)
    if question.answer_kind == AnswerKind.FILES:
        if not written.files.exists():
            raise Refused("empty", _("There is no file yet. Add one, then keep it."))
    elif question.is_recorded:
        require_newest(written, given.text, revision)
    stands = (written.text, list(written.options), written.number)
    if question.answer_kind != AnswerKind.FILES and stands != (given.text, list(given.options), given.number):
        _put(written, given, question)
    if answer.chosen_written_id != written.id:
        answer.chosen_written, answer.chosen_take = written, None
        answer.save(update_fields=["chosen_written", "chosen_take"])
        note_answer(answer)
        audit.record(organization=interview.organization, actor=actor, verb="written.chosen", thing=written)
    return written


def begun(interview: Interview, question: Question, actor: Actor) -> tuple[Answer, WrittenAnswer]:
    """The answer and what is written of it, begun now if need be."""
    if question.kit_version_id != interview.kit_version_id:
        raise Refused("question", _("This question does not belong to this interview."))
    answer = Answer.objects.filter(interview=interview, question=question).select_related("written").first()
    written: WrittenAnswer | None = getattr(answer, "written", None)
    require_time(interview, is_begun=written is not None)
    if answer is None:
        answer = Answer.objects.create(organization=interview.organization, interview=interview, question=question)
    if written is None:
        written = WrittenAnswer.objects.create(organization=interview.organization, answer=answer)
        detail = {"answer": answer.id}
        audit.record(
            organization=interview.organization, actor=actor, verb="written.begun", thing=written, detail=detail
        )
        begin(interview, actor)
    return answer, written


def _put(written: WrittenAnswer, given: Given, question: Question) -> None:
    written.text, written.options, written.number = given.text, list(given.options), given.number
    shown = shown_writing(question, written)
    words = " ".join([shown.text, *shown.picked, shown.number, shown.unit]).strip()
    written.reading_ms = reading_ms(words) if words else 0
    written.revision += 1
    written.save()


def _checked(given: Given, question: Question) -> Given:
    """Only what this kind of question asks for."""
    if question.answer_kind == AnswerKind.CHOICE:
        return Given(options=_checked_options(given.options, question))
    if question.answer_kind == AnswerKind.FILES:
        return Given()
    if question.answer_kind == AnswerKind.NUMBER:
        return Given(number=_checked_number(given.number, question))
    text = given.text.replace("\r\n", "\n").strip("\n")
    _require_short(text)
    if not text.strip():
        raise Refused("empty", _("There is nothing written yet. Write your answer, then keep it."))
    return Given(text=text)


def _checked_options(options: Sequence[int], question: Question) -> list[int]:
    picked = sorted(set(options))
    if not picked:
        raise Refused("empty", _("Nothing is chosen yet. Choose what fits, then keep it."))
    if picked[0] < 0 or picked[-1] >= len(question.options) or (len(picked) > 1 and not question.picks_several):
        raise Refused("option", _("This choice does not exist. Nothing was changed. Load the page again."))
    return picked


def _checked_number(number: Decimal | None, question: Question) -> Decimal:
    if number is None or not number.is_finite():
        raise Refused("empty", _("There is no number yet. Write one, then keep it."))
    low, high = question.number_min, question.number_max
    if (low is not None and number < low) or (high is not None and number > high):
        raise Refused("number", number_bounds(question))
    if abs(number) >= LARGEST_NUMBER or number != round(number, MOST_DECIMALS):
        raise Refused("number", _("This number is too long to keep. Nothing was changed."))
    return number


def _require_short(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Refused(
            "too_long",
            _(
                "Your answer has %(length)d characters, and %(most)d are the most. It still stands here in full. "
                "Shorten it by %(over)d, and it is saved."
            )
            % {"length": len(text), "most": LONGEST_TEXT, "over": len(text) - LONGEST_TEXT},
        )
