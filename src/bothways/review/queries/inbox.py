"""What a reviewer has still to rate. Who is behind a code name is not even asked for."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import UNFINISHED, Answer, Interview, InterviewState
from bothways.interviews.queries.hidden_words import may_be_read
from bothways.kits.models import Question
from bothways.positions.models import BlindLevel
from bothways.review.models import Assignment
from bothways.review.places import has_place
from bothways.review.queries.calibration import not_held_back
from bothways.review.queries.identity import finally_decided, with_shown_name
from bothways.review.queries.raters import (
    OwnStages,
    done_without,
    in_own_stages,
    joined_scorecard,
    look_up_own_stages,
    own_stages,
    rated_by,
    still_rated_by,
)

MOST_COUNTED = 100
"""The top bar of every page counts, so it does not count on for ever; from here on it shows 99+."""

LONGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class ToRate:
    """One interview that waits for this reviewer. `who` is the code name, or the name in a stage that is not blind.

    `next_place` is the first question without a rating; 0 when only the recommendation is missing.
    """

    id: uuid.UUID
    stage_id: uuid.UUID
    who: str
    is_blind: bool
    position: str
    stage: str
    submitted_at: dt.datetime
    reply_by: dt.date | None
    due_on: dt.date | None
    questions: int
    rated: int
    next_place: int
    length_ms: int

    @property
    def minutes(self) -> int:
        """How long the answers are together, at least one minute."""
        return max(1, -(-self.length_ms // 60_000))

    @property
    def is_begun(self) -> bool:
        return self.rated > 0


def open_count(member: Actor | Member) -> int:
    """How many interviews wait for this member's scorecard, at most `MOST_COUNTED`. Two queries; the second stops
    there, and is not asked of who rates nowhere.
    """
    stages = look_up_own_stages(member)
    return len(_waiting(member, stages).values_list("id")[:MOST_COUNTED]) if stages.ids else 0


def unrated(member: Actor | Member, stages: OwnStages | None = None) -> QuerySet[Interview]:
    """Sent interviews that this member rates, without their scorecard, and not decided about yet."""
    sent = still_rated_by(member, stages).filter(~finally_decided(), state=InterviewState.SUBMITTED)
    return sent.filter(may_be_read()) if stages is None or stages.any_hides_words else sent


def waiting(member: Actor | Member, stages: OwnStages | None = None) -> QuerySet[Interview]:
    """Those of them that still want this member's scorecard, with the day it is due as `due_on`, which may be None.

    Not those that wait until the member has calibrated.
    """
    return with_due(_waiting(member, stages), member)


def _waiting(member: Actor | Member, stages: OwnStages | None) -> QuerySet[Interview]:
    wanted = unrated(member, stages).filter(~done_without(member))
    return wanted.filter(not_held_back(member)) if stages is None or stages.any_calibrates else wanted


def with_due(interviews: QuerySet[Interview], member: Actor | Member) -> QuerySet[Interview]:
    """Who was assigned later has a later day."""
    assigned = Assignment.objects.filter(interview=OuterRef("pk"), member=member.id, ended_at=None)
    own = Subquery(assigned.values("due_on")[:1])
    return interviews.annotate(due_on=Coalesce(own, F("rate_by"), output_field=DateField()))


def unchecked_count(member: Actor | Member) -> int:
    """How many have sent answers to this member in which nobody has looked yet for words to hide. One query where no
    stage of theirs hides words, else two.
    """
    if not own_stages(member).filter(stage__blind_level=BlindLevel.TEXT).exists():
        return 0
    return rated_by(member).filter(~may_be_read(), state=InterviewState.SUBMITTED).count()


def work_list(
    member: Actor | Member, most: int = LONGEST_PAGE, *, stages: Collection[uuid.UUID] | None = None
) -> list[ToRate]:
    """What waits, in these stages or in all: what is due first, then the longest wait. Two queries, whatever waits.

    Names and lengths are looked up for those who are shown only.
    """
    waits = waiting(member) if stages is None else waiting(member).filter(stage__in=stages)
    order = (F("due_on").asc(nulls_last=True), "submitted_at", "id")
    shown = waits.order_by(*order).values("id")[:most]
    length = (
        Answer.objects.filter(interview=OuterRef("pk"))
        .values("interview")
        .values(
            total=Sum(
                Coalesce(F("chosen_take__recording__duration_ms"), 0) + Coalesce(F("chosen_written__reading_ms"), 0)
            )
        )
    )
    interviews = list(
        with_due(with_shown_name(Interview.objects.filter(id__in=shown), member.id), member)
        .select_related("position", "stage")
        .annotate(own=joined_scorecard(member))
        .annotate(length_ms=Coalesce(Subquery(length), 0), rated_places=Coalesce("own__rated_places", 0))
        .order_by(*order)
    )
    places: dict[uuid.UUID, list[int]] = defaultdict(list)
    kit_versions = {interview.kit_version_id for interview in interviews}
    for question in Question.objects.filter(kit_version__in=kit_versions):
        places[question.kit_version_id].append(question.place)
    return [_to_rate(interview, places[interview.kit_version_id]) for interview in interviews]


def _to_rate(interview: Interview, places: list[int]) -> ToRate:
    open_ = [place for place in places if not has_place(interview.rated_places, place)]
    return ToRate(
        id=interview.id,
        stage_id=interview.stage_id,
        who=interview.shown_name,
        is_blind=interview.name_hidden,
        position=interview.position.title,
        stage=interview.stage.name,
        submitted_at=interview.submitted_at,
        reply_by=interview.reply_by,
        due_on=interview.due_on,
        questions=len(places),
        rated=len(places) - len(open_),
        next_place=open_[0] if open_ else 0,
        length_ms=interview.length_ms,
    )


def still_answering(member: Actor | Member) -> int:
    """How many people are still on their way in the stages where this member rates."""
    return in_own_stages(member).filter(state__in=UNFINISHED).count()
