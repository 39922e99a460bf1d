"""What a guest sees of one interview: what was said to be shown, and nothing else."""

import uuid
from dataclasses import dataclass

from django.db.models import Q

from bothways.interviews.models import Answer, Interview
from bothways.interviews.queries.hidden_words import checked_masks, masked_words, masked_writing
from bothways.interviews.queries.written import ShownWriting, shown_writing
from bothways.kits.models import Question
from bothways.lib.masking import Mask
from bothways.media.queries.transcripts import Words, words_by_recording
from bothways.review.models import NameShown, Scorecard, Share
from bothways.review.queries.cells import Cell
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.playback import Playback, playback
from bothways.review.queries.scorecard_rows import Overall, rows_of
from bothways.review.queries.shares import is_picture_shared, name_for_guest


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """`playback`, `given` and `words` are None where they are not shown or not there, and so is `cell`."""

    question: Question
    playback: Playback | None
    given: ShownWriting | None
    words: Words | None
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Shared:
    """What one guest sees of one interview. `scorecards` is empty and `overall` None where scorecards are not shown, or
    only some questions are: a recommendation and a mean are about all of them."""

    who: str
    answers: tuple[SharedAnswer, ...]
    scorecards: tuple[Scorecard, ...]
    overall: Overall | None


def shared(share: Share, interview_id: uuid.UUID) -> Shared:
    """What a share shows of one of its interviews. A fixed number of queries, and one more for each recorded answer."""
    sent = with_shown_name(Interview.objects.filter(id=interview_id, organization=share.organization_id), None)
    interview = sent.select_related("stage", "application__candidate").get()
    every = tuple(Question.objects.filter(kit_version=interview.kit_version_id).select_related("competency"))
    questions = tuple(question for question in every if share.shows_question(question.place))
    hides = interview.stage.hides_voice and share.name_shown != NameShown.WHOLE
    masks = checked_masks(interview) if hides else None
    answers = {} if hides and masks is None else _answers(share, interview, questions)
    words = _words(share, answers)
    row = rows_of(every, [interview])[0] if share.shows_scorecards else None
    is_whole = len(questions) == len(every)
    return Shared(
        who=name_for_guest(share, interview),
        answers=tuple(
            _shared_answer(share, question, answers.get(question.id), words, row.cell(question) if row else None, masks)
            for question in questions
        ),
        scorecards=row.scorecards if row and is_whole else (),
        overall=row.overall if row and is_whole else None,
    )


def _answers(share: Share, interview: Interview, questions: tuple[Question, ...]) -> dict[uuid.UUID, Answer]:
    if not share.shows_answers:
        return {}
    chosen = Q(chosen_take__isnull=False) | Q(chosen_written__isnull=False)
    found = Answer.objects.filter(chosen, interview=interview, organization=share.organization_id)
    related = found.filter(question__in=questions).select_related(
        "interview__stage", "chosen_take__recording", "chosen_written"
    )
    return {answer.question_id: answer for answer in related}


def _words(share: Share, answers: dict[uuid.UUID, Answer]) -> dict[uuid.UUID, Words]:
    if not share.shows_transcript:
        return {}
    recordings = [answer.chosen_take.recording_id for answer in answers.values() if answer.chosen_take]
    return words_by_recording(share.organization_id, recordings)


def _shared_answer(
    share: Share,
    question: Question,
    answer: Answer | None,
    words: dict[uuid.UUID, Words],
    cell: Cell | None,
    masks: list[Mask] | None,
) -> SharedAnswer:
    """With `masks` as raters read it: words only, masked, and no file. What is signed is shown."""
    if answer is None:
        return SharedAnswer(question, None, None, None, cell)
    take, written = answer.chosen_take, answer.chosen_written
    is_seen = is_picture_shared(share, answer)
    given = shown_writing(question, written) if written else None
    said = words.get(take.recording_id) if take else None
    if masks is not None:
        given = masked_writing(given, masks, with_files=False) if given else None
        said = masked_words(said, masks) if said else None
    return SharedAnswer(
        question=question,
        playback=playback(answer, with_picture=is_seen) if is_seen or masks is None else None,
        given=given,
        words=said,
        cell=cell,
    )
