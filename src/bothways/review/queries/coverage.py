"""How much of an answer somebody has really played, or had on the screen to read."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from bothways.accounts.models import Member
from bothways.interviews.models import Answer, Interview
from bothways.kits.models import AnswerKind
from bothways.media.models import RecordingState
from bothways.positions.models import BlindLevel
from bothways.review.models import Coverage

NEEDED_SHARE = 0.8
"""From this share on an answer counts as watched (PRODUCT.md, defaults)."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What one member has played of one interview. `shares` goes by answer; what was not opened is missing.
    `ended` says when an answer that counts as watched was last played."""

    member: Member
    shares: dict[uuid.UUID, float] = field(default_factory=dict)
    first_at: dt.datetime | None = None
    last_at: dt.datetime | None = None
    ended: dict[uuid.UUID, dt.datetime] = field(default_factory=dict)

    def covers(self, answer: Answer) -> bool:
        return self.shares.get(answer.id, 0.0) >= NEEDED_SHARE


def share(answer: Answer, member: Member) -> float:
    """The played or read share of what was chosen, 0 to 1. Two queries at most."""
    if not has_choice(answer):
        return 0.0
    coverage = Coverage.objects.filter(answer=answer, member=member, **thing_of(answer)).first()
    return part(coverage.covered_ms, length_ms(answer)) if coverage else 0.0


def has_choice(answer: Answer) -> bool:
    return answer.chosen_take_id is not None or answer.chosen_written_id is not None


def thing_of(answer: Answer) -> dict[str, uuid.UUID]:
    """What there is to play or to read, as the column of a coverage that names it."""
    if answer.chosen_written_id is not None:
        return {"written_id": answer.chosen_written_id}
    return {"recording_id": answer.chosen_take.recording_id}


def length_ms(answer: Answer) -> int | None:
    """How long the chosen recording plays, or what was written instead takes to read."""
    if answer.chosen_written_id is not None:
        return answer.chosen_written.reading_ms
    return answer.chosen_take.recording.duration_ms if answer.chosen_take else None


def part(covered_ms: int, duration_ms: int | None) -> float:
    """`covered_ms` of `duration_ms` as a share between 0 and 1; nothing can be covered of what has no length."""
    return min(1.0, covered_ms / duration_ms) if duration_ms else 0.0


def required_answers(interview: Interview) -> list[Answer]:
    """The answers that must be watched or read before a decline, by the place of their question. One query.

    An answer whose recording could not be used cannot be watched by anybody and does not count; nor do files that are
    kept back from raters who read text only.
    """
    return required_answers_of([interview.id])[interview.id]


def all_required() -> QuerySet[Answer]:
    """The same of everybody, for a query that picks whose."""
    there = Q(chosen_take__recording__state=RecordingState.READY) | Q(chosen_written__isnull=False)
    return Answer.objects.filter(there).exclude(
        question__answer_kind=AnswerKind.FILES,
        interview__stage__blind_level=BlindLevel.TEXT,
        interview__hidden_words__files_released_at=None,
    )


def required_answers_of(interviews: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Answer]]:
    """The same for several interviews, each of which is there. One query."""
    related = ("question", "chosen_take__recording", "chosen_written")
    answers = all_required().select_related(*related).filter(interview__in=interviews)
    found: dict[uuid.UUID, list[Answer]] = {id_: [] for id_ in interviews}
    for answer in sorted(answers, key=lambda answer: answer.question.place):
        found[answer.interview_id].append(answer)
    return found


def watched(interview: Interview, answers: list[Answer]) -> list[Watched]:
    """Who has played or read how much of these answers, first come first. Only who has begun. One query."""
    return watched_of({interview.id: answers})[interview.id]


def watched_of(answers: Mapping[uuid.UUID, list[Answer]]) -> dict[uuid.UUID, list[Watched]]:
    """The same for the answers of several interviews. One query."""
    things = {
        next(iter(thing_of(answer).values())): answer
        for mine in answers.values()
        for answer in mine
        if has_choice(answer)
    }
    rows = (
        Coverage.objects.filter(
            Q(recording__in=things) | Q(written__in=things), answer__interview__in=list(answers), covered_ms__gt=0
        )
        .select_related("member__user")
        .order_by("created_at")
    )
    grouped: dict[uuid.UUID, dict[uuid.UUID, list[Coverage]]] = {id_: {} for id_ in answers}
    for row in rows:
        interview_id = things[row.recording_id or row.written_id].interview_id
        grouped[interview_id].setdefault(row.member_id, []).append(row)
    return {id_: [_watched(mine, things) for mine in members.values()] for id_, members in grouped.items()}


def _watched(rows: list[Coverage], things: dict[uuid.UUID, Answer]) -> Watched:
    shares, ended = {}, {}
    for row in rows:
        answer = things[row.recording_id or row.written_id]
        shares[answer.id] = part(row.covered_ms, length_ms(answer))
        if shares[answer.id] >= NEEDED_SHARE:
            ended[answer.id] = row.reported_at or row.created_at
    reports = [row.reported_at for row in rows if row.reported_at]
    return Watched(rows[0].member, shares, min(row.created_at for row in rows), max(reports, default=None), ended)
