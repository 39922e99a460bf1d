"""One question for everybody: in which order a reviewer hears the answers, and what comes next.

The order of one lot is that of a keyed hash of interview, member and question. So it differs from reviewer to reviewer
and from question to question, which evens out what the answer before does to the one after it, and nobody has to
keep it: it is the same whenever it is asked for, on any database.
"""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, F, IntegerField, QuerySet, TextField, When
from django.db.models.functions import Cast

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.hidden_words import may_be_read
from bothways.kits.models import Question
from bothways.review.models import Round
from bothways.review.places import bits_of
from bothways.review.queries.calibration import not_held_back
from bothways.review.queries.identity import finally_decided
from bothways.review.queries.inbox import with_due
from bothways.review.queries.raters import done_without, handed_in_by, joined_scorecard, rated_by


class Turn(NamedTuple):
    """One answer in a round. Turns sort as the round goes, and are this plain because there are thousands at each step.

    `is_behind`: sent after the lot that is being heard; `can_wait`: not due when it began. `drawn` is the keyed hash.
    `is_open` while this member has neither rated it nor handed in, and nobody has decided.
    """

    is_behind: int
    can_wait: int
    drawn: bytes
    interview: bytes
    is_open: bool

    @property
    def interview_id(self) -> uuid.UUID:
        return uuid.UUID(bytes=self.interview)


_OPEN, _IS_RATED, _SETTLED = range(3)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one answer stands in its round: the how-manieth of how many, and its neighbors.

    `after` is the next open one of the same lot, `before` whatever came before it. None: there is none.
    """

    number: int
    of: int
    after: uuid.UUID | None
    before: uuid.UUID | None


def turns(member: Actor | Member, round_: Round, question: Question) -> list[Turn]:
    """All answers of a round in this member's order, without those that others settled before. One query where the
    stage of the round is there, else two.

    Measured in benchmarks/review_room with 5,000 interviews.
    """
    # Identifiers as text: to make an object of each takes longer than to draw and sort all of them.
    rows = _heard(member, round_, question).values_list("is_behind", "can_wait", Cast("id", TextField()), "standing")
    keyed = hashlib.blake2b(key=member.id.bytes + question.id.bytes, digest_size=8)
    found = []
    for is_behind, can_wait, text, standing in rows:
        if standing == _SETTLED:
            continue
        interview = bytes.fromhex(text.replace("-", ""))
        hashed = keyed.copy()
        hashed.update(interview)
        found.append(Turn(is_behind, can_wait, hashed.digest(), interview, standing == _OPEN))
    return sorted(found)


def place_of(interview_id: uuid.UUID, walk: list[Turn]) -> Place:
    """Where an answer stands in a round that is in order; outside of it nothing is near."""
    at = next((at for at, turn in enumerate(walk) if turn.interview == interview_id.bytes), None)
    if at is None:
        return Place(0, len(walk), None, None)
    after = next((turn for turn in walk[at + 1 :] if turn.is_open and not turn.is_behind), None)
    return Place(
        number=at + 1,
        of=len(walk),
        after=after.interview_id if after else None,
        before=walk[at - 1].interview_id if at else None,
    )


def first_open(walk: Iterable[Turn]) -> Turn | None:
    return next((turn for turn in walk if turn.is_open), None)


def own_round(member: Actor | Member, stage_id: uuid.UUID, question_id: uuid.UUID) -> Round | None:
    """The round if it has begun. One query."""
    return Round.objects.filter(member=member.id, stage=stage_id, question=question_id).first()


def _heard(member: Actor | Member, round_: Round, question: Question) -> QuerySet[Interview]:
    """What this member rates, and of each where it stands: `is_behind`, `can_wait` and `standing`. Numbers, because
    thousands of them are read.

    What was due when the lot began comes first in it; all others keep their random order, whatever their day.
    """
    heard = rated_by(member).filter(
        may_be_read(), stage=round_.stage_id, kit_version=question.kit_version_id, state=InterviewState.SUBMITTED
    )
    if round_.stage.calibration:
        heard = heard.filter(not_held_back(member))
    settled = handed_in_by(member) | finally_decided() | done_without(member)
    heard = with_due(heard, member).annotate(own=joined_scorecard(member))
    return heard.annotate(rated=F("own__rated_places").bitand(bits_of([question.place]))).annotate(
        is_behind=_case(When(submitted_at__gt=round_.as_of, then=1), default=0),
        can_wait=_case(When(due_on__lte=round_.as_of.date(), then=0), default=1),
        standing=_case(When(rated__gt=0, then=_IS_RATED), When(settled, then=_SETTLED), default=_OPEN),
    )


def _case(*whens: When, default: int) -> Case:
    return Case(*whens, default=default, output_field=IntegerField())
