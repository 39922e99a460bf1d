"""One question for everybody: in which order a reviewer hears the answers, and what comes next.

The order of one lot is that of a keyed hash of interview, member and question. So it differs from reviewer to reviewer
and from question to question, which evens out what the answer before does to the one after it, and nobody has to
keep it: it is the same whenever it is asked for, on any database.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Value, When

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.hidden_words import may_be_read
from bothways.review.models import Rating, Round
from bothways.review.queries.calibration import not_held_back
from bothways.review.queries.identity import final_decisions
from bothways.review.queries.inbox import with_due
from bothways.review.queries.raters import done_without, handed_in_by, rated_by
from bothways.review.queries.scorecards import RATED


@dataclass(frozen=True, slots=True)
class Turn:
    """One answer in a round. Open while this member has neither rated it nor handed in, and nobody has decided.

    `is_behind`: sent after the lot that is being heard.
    """

    interview_id: uuid.UUID
    is_open: bool
    is_behind: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where one answer stands in its round: the how-manieth of how many, and its neighbors.

    `after` is the next open one of the same lot, `before` whatever came before it. None: there is none.
    """

    number: int
    of: int
    after: uuid.UUID | None
    before: uuid.UUID | None


def turns(member: Actor | Member, round_: Round, kit_version_id: uuid.UUID) -> list[Turn]:
    """All answers of a round in this member's order, without those that others settled before. One query.

    Measured in benchmarks/review_room with 5,000 interviews.
    """
    rows = _heard(member, round_, kit_version_id).values_list("id", "is_behind", "is_rated", "is_settled", "due_on")
    key = member.id.bytes + round_.question_id.bytes
    ordered = sorted(
        (
            is_behind,
            _can_wait(due_on, round_.as_of),
            hashlib.blake2b(id_.bytes, key=key, digest_size=8).digest(),
            id_,
            not is_settled and not is_rated,
        )
        for id_, is_behind, is_rated, is_settled, due_on in rows
        if is_rated or not is_settled
    )
    return [Turn(id_, bool(is_open), bool(is_behind)) for is_behind, _waits, _hash, id_, is_open in ordered]


def place_of(interview_id: uuid.UUID, walk: list[Turn]) -> Place:
    """Where an answer stands in a round that is in order; outside of it nothing is near."""
    at = next((at for at, turn in enumerate(walk) if turn.interview_id == interview_id), None)
    if at is None:
        return Place(0, len(walk), None, None)
    lot = [turn for turn in walk[at + 1 :] if turn.is_open and not turn.is_behind]
    return Place(
        number=at + 1,
        of=len(walk),
        after=lot[0].interview_id if lot else None,
        before=walk[at - 1].interview_id if at else None,
    )


def first_open(walk: Iterable[Turn]) -> Turn | None:
    return next((turn for turn in walk if turn.is_open), None)


def own_round(member: Actor | Member, stage_id: uuid.UUID, question_id: uuid.UUID) -> Round | None:
    """The round if it has begun. One query."""
    return Round.objects.filter(member=member.id, stage=stage_id, question=question_id).first()


def own_ratings(member: Actor | Member) -> QuerySet[Rating]:
    """This member's ratings of the outer query's interview that say something."""
    return Rating.objects.filter(RATED, scorecard__interview=OuterRef("pk"), scorecard__member=member.id)


def _heard(member: Actor | Member, round_: Round, kit_version_id: uuid.UUID) -> QuerySet[Interview]:
    heard = rated_by(member).filter(may_be_read(), not_held_back(member))
    heard = heard.filter(stage=round_.stage_id, kit_version=kit_version_id, state=InterviewState.SUBMITTED)
    return with_due(heard, member).annotate(
        is_behind=_later(round_.as_of),
        is_rated=Exists(own_ratings(member).filter(question=round_.question_id)),
        is_settled=Case(
            When(Exists(handed_in_by(member)) | Exists(final_decisions()) | done_without(member), then=Value(True)),
            default=Value(False),
        ),
    )


def _can_wait(due_on: dt.date | None, as_of: dt.datetime) -> bool:
    """What was due when the lot began comes first in it; all others keep their random order, whatever their day."""
    return due_on is None or due_on > as_of.date()


def _later(than: dt.datetime) -> Case:
    return Case(When(submitted_at__gt=than, then=Value(True)), default=Value(False), output_field=BooleanField())
