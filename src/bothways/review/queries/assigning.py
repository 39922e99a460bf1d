"""What the rule of assigning goes by: who could rate in a stage, how much they have, and who is missing where."""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from bothways.accounts.models import Member
from bothways.interviews.models import Interview, InterviewState
from bothways.positions.models import Assigning, Stage, StageReviewer
from bothways.positions.queries.stages import RATING_ROLES
from bothways.review.assigning import Reviewer, pair
from bothways.review.combination import ENOUGH_RATERS
from bothways.review.models import Assignment, Scorecard
from bothways.review.queries.identity import finally_decided


@dataclass(frozen=True, slots=True)
class OnIt:
    """Who is on an interview. `begun` are those of `standing` with a draft; `was` was on it and is not any more."""

    handed_in: frozenset[uuid.UUID]
    standing: frozenset[uuid.UUID]
    begun: frozenset[uuid.UUID]
    was: dict[uuid.UUID, Assignment]


def reviewing_members(stage: Stage) -> list[Member]:
    """Who can rate in the stage now, in the order in which they were named. One query."""
    named = StageReviewer.objects.filter(stage=stage, member__is_active=True, member__role__in=RATING_ROLES)
    return [one.member for one in named.select_related("member__user").order_by("created_at", "id")]


def reviewers_with_load(stage: Stage, members: Collection[Member]) -> list[Reviewer]:
    """The same with how much they have. Two queries."""
    mine = Assignment.objects.filter(member__in=members)
    ever = Counter(dict(_per_member(mine.filter(interview__stage=stage))))
    open_ = Counter(dict(_per_member(open_assignments().filter(member__in=members))))
    return [Reviewer(one.id, frozenset(one.languages), open=open_[one.id], ever=ever[one.id]) for one in members]


def open_assignments() -> QuerySet[Assignment]:
    """Those that stand, of people who are neither rated by that member nor decided about."""
    done = Scorecard.objects.filter(
        interview=OuterRef("interview"), member=OuterRef("member"), submitted_at__isnull=False
    )
    return Assignment.objects.filter(
        ~Exists(done),
        ~finally_decided("interview"),
        ended_at__isnull=True,
        interview__state=InterviewState.SUBMITTED,
    )


def times_together(stage: Stage) -> Counter[tuple[uuid.UUID, uuid.UUID]]:
    """How often each two were picked for the same interview of the stage. One query."""
    rows = (
        Assignment.objects.filter(interview__stage=stage, interview__assignments__member__gt=F("member"))
        .order_by()
        .values_list("member", "interview__assignments__member")
        .annotate(many=Count("*"))
    )
    return Counter({pair(one, other): many for one, other, many in rows})


def lacking(stage: Stage) -> QuerySet[Interview]:
    """Sent and undecided interviews of a stage with fewer raters than it wants, with how many are `missing`.

    Where two disagree a third is wanted. Where everybody rates everybody, nobody else is missing.
    """
    done = Scorecard.objects.filter(interview=OuterRef("pk"), submitted_at__isnull=False)
    on_their_way = open_assignments().filter(interview=OuterRef("pk"))
    sent = Interview.objects.filter(~finally_decided(), stage=stage, is_preview=False, state=InterviewState.SUBMITTED)
    wanted = Case(
        When(summary__needs_third=True, then=Value(max(stage.raters_wanted, ENOUGH_RATERS))),
        default=Value(stage.raters_wanted),
    )
    counted = sent.annotate(
        handed_in=_count(done.values("interview")), coming=_count(on_their_way.values("interview")), wanted=wanted
    ).annotate(missing=F("wanted") - F("handed_in") - F("coming"))
    if stage.assignment == Assigning.EVERYBODY:
        counted = counted.filter(summary__needs_third=True, summary__raters__gte=stage.raters_wanted)
    return counted.filter(missing__gt=0)


def on_it(interviews: Collection[uuid.UUID]) -> dict[uuid.UUID, OnIt]:
    """Who is on each of these. Two queries."""
    assignments: dict[uuid.UUID, list[Assignment]] = {id_: [] for id_ in interviews}
    for assignment in Assignment.objects.filter(interview__in=interviews).order_by("created_at", "id"):
        assignments[assignment.interview_id].append(assignment)
    scorecards: dict[uuid.UUID, dict[uuid.UUID, bool]] = {id_: {} for id_ in interviews}
    rows = Scorecard.objects.filter(interview__in=interviews)
    for interview, member, is_in in rows.values_list("interview", "member", Q(submitted_at__isnull=False)):
        scorecards[interview][member] = is_in
    return {id_: _on_it(assignments[id_], scorecards[id_]) for id_ in interviews}


def _on_it(assignments: list[Assignment], scorecards: dict[uuid.UUID, bool]) -> OnIt:
    return OnIt(
        handed_in=frozenset(member for member, is_in in scorecards.items() if is_in),
        standing=frozenset(one.member_id for one in assignments if one.ended_at is None),
        begun=frozenset(member for member, is_in in scorecards.items() if not is_in),
        was={one.member_id: one for one in assignments if one.ended_at is not None},
    )


def _count(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().annotate(many=Count("*")).values("many")), 0)


def _per_member(rows: QuerySet[Assignment]) -> QuerySet[Assignment, tuple[uuid.UUID, int]]:
    return rows.order_by().values_list("member").annotate(many=Count("*"))
