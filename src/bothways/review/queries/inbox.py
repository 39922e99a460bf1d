"""What a reviewer has still to rate. Who is behind a code name is not even asked for."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import UNFINISHED, Answer, Interview, InterviewState
from bothways.kits.models import Question
from bothways.positions.models import StageReviewer
from bothways.review.models import Rating, Scorecard
from bothways.review.queries.identity import final_decisions, with_shown_name

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
    """How many interviews wait for this member's scorecard, at most `MOST_COUNTED`. One query that stops there."""
    return waiting(member)[:MOST_COUNTED].count()


def waiting(member: Actor | Member) -> QuerySet[Interview]:
    """Interviews sent in a stage where this member rates, without their scorecard, and not decided about yet."""
    return _assigned(member).filter(
        ~Exists(Scorecard.objects.filter(interview=OuterRef("pk"), member=member.id, submitted_at__isnull=False)),
        ~Exists(final_decisions()),
        state=InterviewState.SUBMITTED,
    )


def work_list(
    member: Actor | Member, most: int = LONGEST_PAGE, *, stages: Collection[uuid.UUID] | None = None
) -> list[ToRate]:
    """What waits, in these stages or in all, the longest wait first. Three queries, whatever the number of interviews.

    Names and lengths are looked up for those who are shown only.
    """
    waits = waiting(member) if stages is None else waiting(member).filter(stage__in=stages)
    shown = waits.order_by("submitted_at", "id").values("id")[:most]
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
        with_shown_name(Interview.objects.filter(id__in=shown), member.id)
        .select_related("position", "stage")
        .annotate(length_ms=Coalesce(Subquery(length), 0))
        .order_by("submitted_at", "id")
    )
    places: dict[uuid.UUID, list[int]] = defaultdict(list)
    kit_versions = {interview.kit_version_id for interview in interviews}
    for question in Question.objects.filter(kit_version__in=kit_versions):
        places[question.kit_version_id].append(question.place)
    rated: dict[uuid.UUID, set[int]] = defaultdict(set)
    for interview_id, place in _rated(member, interviews):
        rated[interview_id].add(place)
    return [_to_rate(interview, places[interview.kit_version_id], rated[interview.id]) for interview in interviews]


def _rated(member: Actor | Member, interviews: list[Interview]) -> QuerySet[Rating, tuple[uuid.UUID, int]]:
    return Rating.objects.filter(
        Q(value__isnull=False) | Q(not_enough_evidence=True),
        scorecard__member=member.id,
        scorecard__interview__in=interviews,
    ).values_list("scorecard__interview_id", "question__place")


def _to_rate(interview: Interview, places: list[int], rated: set[int]) -> ToRate:
    return ToRate(
        id=interview.id,
        stage_id=interview.stage_id,
        who=interview.shown_name,
        is_blind=interview.name_hidden,
        position=interview.position.title,
        stage=interview.stage.name,
        submitted_at=interview.submitted_at,
        reply_by=interview.reply_by,
        questions=len(places),
        rated=len(rated),
        next_place=next((place for place in places if place not in rated), 0),
        length_ms=interview.length_ms,
    )


def still_answering(member: Actor | Member) -> int:
    """How many people are still on their way in the stages where this member rates."""
    return _assigned(member).filter(state__in=UNFINISHED).count()


def _assigned(member: Actor | Member) -> QuerySet[Interview]:
    stages = StageReviewer.objects.filter(member=member.id, organization=member.organization_id).values("stage")
    return Interview.objects.filter(organization=member.organization_id, stage__in=stages, is_preview=False)
