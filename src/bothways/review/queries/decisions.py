"""Reading what was decided, and what waits for a decision."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from bothways.accounts.actors import Actor
from bothways.accounts.models import Organization
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.requests import local_day
from bothways.lib.working_days import working_days_between
from bothways.positions.models import ApplicationState
from bothways.review.models import Decision, DecisionGround, MeetingAttendee, Outcome
from bothways.review.queries.identity import finally_decided, with_shown_name

LONGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class ToDecide:
    """One interview without a final decision. `scorecards` are those handed in, `wanted` how many the stage asks;
    `left` working days are left until the promised day.
    """

    id: uuid.UUID
    who: str
    position: str
    stage: str
    submitted_at: dt.datetime
    reply_by: dt.date | None
    left: int
    scorecards: int
    wanted: int
    is_held: bool

    @property
    def is_rated(self) -> bool:
        return self.scorecards >= self.wanted


def latest_decision(interview: Interview) -> Decision | None:
    """The decision that stands. One query."""
    standing = interview.decisions.filter(reversed_at=None).select_related("decided_by__user")
    return standing.order_by("-created_at", "-id").first()


def history(interview: Interview) -> list[Decision]:
    """Every decision about this interview, the newest first, with its grounds, its meeting and who took it back.
    Three queries at most."""
    rows = interview.decisions.select_related("decided_by__user", "reversal__reversed_by__user", "meeting")
    grounds = DecisionGround.objects.select_related("question__competency").order_by("question__place", "level")
    present = MeetingAttendee.objects.select_related("member__user").order_by("member__user__name", "id")
    rows = rows.prefetch_related(Prefetch("grounds", grounds), Prefetch("meeting__attendees", present))
    return list(rows.order_by("-created_at", "-id"))


def undecided(organization: Organization | uuid.UUID) -> QuerySet[Interview]:
    """Sent interviews of people who are still in, without a decision to advance or decline that stands."""
    return all_undecided().filter(organization=organization)


def all_undecided() -> QuerySet[Interview]:
    """As `undecided`, of every organization: for what runs by the clock."""
    return Interview.objects.filter(is_undecided(), is_preview=False)


def is_undecided() -> Q:
    """The same of one that is no preview."""
    return Q(
        ~finally_decided(),
        state=InterviewState.SUBMITTED,
        application__state__in=[ApplicationState.ACTIVE, ApplicationState.HELD],
    )


def to_decide(actor: Actor, organization: Organization, most: int = LONGEST_PAGE) -> list[ToDecide]:
    """What waits for a decision, the nearest promised date first. One query."""
    today = local_day(organization)
    rows = (
        with_shown_name(undecided(organization), actor.id)
        .select_related("position", "stage")
        .annotate(
            handed_in=Count("scorecards", filter=Q(scorecards__submitted_at__isnull=False)),
            last_outcome=last_outcome(),
        )
        .order_by("reply_by", "submitted_at", "id")[:most]
    )
    return [
        ToDecide(
            id=row.id,
            who=row.shown_name,
            position=row.position.title,
            stage=row.stage.name,
            submitted_at=row.submitted_at,
            reply_by=row.reply_by,
            left=working_days_between(today, row.reply_by, organization.country) if row.reply_by else 0,
            scorecards=row.handed_in,
            wanted=row.stage.raters_wanted,
            is_held=row.last_outcome == Outcome.HOLD,
        )
        for row in rows
    ]


def last_outcome() -> Subquery:
    """Of an interview: what was decided last of what stands, NULL where nothing was."""
    standing = Decision.objects.filter(interview=OuterRef("pk"), reversed_at=None)
    return Subquery(standing.order_by("-created_at", "-id").values("outcome")[:1])


def outcomes(interviews: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The decision that stands for each of some interviews that have one. One query."""
    return dict(_standing(interviews).values_list("interview_id", "outcome"))


def standing_ids(interviews: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The same, with the decision itself. One query."""
    return dict(_standing(interviews).values_list("interview_id", "id"))


def _standing(interviews: Iterable[uuid.UUID]) -> QuerySet[Decision]:
    """The newest of each comes last."""
    return Decision.objects.filter(interview_id__in=list(interviews), reversed_at=None).order_by("created_at", "id")
