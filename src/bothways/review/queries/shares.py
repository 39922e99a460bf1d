"""Finding shares, and what a guest who opened one may see: what was said to be shown, and nothing else."""

import uuid
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from bothways.accounts.models import Role
from bothways.interviews.models import Answer, Interview, InterviewState
from bothways.interviews.queries.written import ShownWriting, shown_writing
from bothways.kits.models import Question
from bothways.lib.tokens import digest
from bothways.media.queries.transcripts import Words, words_by_recording
from bothways.review.models import Scorecard, Share
from bothways.review.queries.cells import Cell
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.playback import Playback, playback
from bothways.review.queries.scorecard_rows import Overall, rows_of


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
    """What one guest sees. `scorecards` is empty and `overall` None where scorecards are not shown."""

    who: str
    answers: tuple[SharedAnswer, ...]
    scorecards: tuple[Scorecard, ...]
    overall: Overall | None


def share_of_token(token: str) -> Share | None:
    """The share with this token, live or over. One query."""
    shares = Share.objects.select_related(
        "organization", "made_by__user", "interview__position", "interview__application__candidate"
    )
    return shares.filter(token_digest=digest(token)).first()


def is_alive(share: Share) -> bool:
    """Whether it still shows anything to whoever has opened it. One query."""
    return _alive().filter(id=share.id).exists()


def opened_share(share_id: uuid.UUID) -> Share | None:
    """A live share that somebody has opened. One query."""
    return _alive().filter(id=share_id, views__gt=0).first()


def can_be_opened() -> QuerySet[Share]:
    """Live shares that have a view left."""
    return _alive().filter(views__lt=F("most_views"))


def live_shares(interview: Interview) -> list[Share]:
    """Those of an interview that still show something, the newest first. One query."""
    found = _alive().filter(interview=interview, organization=interview.organization_id)
    return list(found.select_related("made_by__user").order_by("-created_at"))


def _alive() -> QuerySet[Share]:
    """Whoever shared must still be one who may: a share does not outlive the right to make it."""
    return Share.objects.filter(
        revoked_at=None,
        expires_at__gt=timezone.now(),
        interview__state=InterviewState.SUBMITTED,
        made_by__is_active=True,
        made_by__user__is_active=True,
        made_by__role__in=(Role.OWNER, Role.RECRUITER),
    )


def shared(share: Share) -> Shared:
    """What a share shows. A fixed number of queries, and one more for each recorded answer."""
    sent = with_shown_name(Interview.objects.filter(id=share.interview_id), None)
    interview = sent.select_related("stage", "application__candidate").get()
    questions = tuple(Question.objects.filter(kit_version=interview.kit_version_id).select_related("competency"))
    answers = _answers(share)
    words = _words(share, answers)
    row = rows_of(questions, [interview])[0] if share.shows_scorecards else None
    return Shared(
        who=interview.application.candidate.name if share.shows_name else interview.code_name,
        answers=tuple(
            _shared_answer(question, answers.get(question.id), words, row.cell(question) if row else None)
            for question in questions
        ),
        scorecards=row.scorecards if row else (),
        overall=row.overall if row else None,
    )


def _answers(share: Share) -> dict[uuid.UUID, Answer]:
    if not share.shows_answers:
        return {}
    chosen = Q(chosen_take__isnull=False) | Q(chosen_written__isnull=False)
    found = Answer.objects.filter(chosen, interview=share.interview_id, organization=share.organization_id)
    return {answer.question_id: answer for answer in found.select_related("chosen_take__recording", "chosen_written")}


def _words(share: Share, answers: dict[uuid.UUID, Answer]) -> dict[uuid.UUID, Words]:
    if not share.shows_transcript:
        return {}
    recordings = [answer.chosen_take.recording_id for answer in answers.values() if answer.chosen_take]
    return words_by_recording(share.organization_id, recordings)


def _shared_answer(
    question: Question, answer: Answer | None, words: dict[uuid.UUID, Words], cell: Cell | None
) -> SharedAnswer:
    if answer is None:
        return SharedAnswer(question, None, None, None, cell)
    take, written = answer.chosen_take, answer.chosen_written
    return SharedAnswer(
        question=question,
        playback=playback(answer),
        given=shown_writing(question, written) if written else None,
        words=words.get(take.recording_id) if take else None,
        cell=cell,
    )
