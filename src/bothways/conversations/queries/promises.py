"""Promised replies: which days are near or have passed, who answers for them, and how many were kept."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from bothways.accounts.models import Member, Organization, Role
from bothways.conversations.models import BrokenPromise, PromiseReminder
from bothways.interviews.models import Interview
from bothways.interviews.queries.requests import local_day
from bothways.lib.working_days import add_working_days, working_days_between
from bothways.positions.models import Position
from bothways.review.models import Decision, Outcome
from bothways.review.queries.decisions import all_undecided, undecided

FIRST_REMINDER = 3
LAST_REMINDER = 1
"""Working days before the promised day: the first goes to who answers for it, the last to who leads them, too."""

RENEWED_DAYS = 5
"""Working days until the new day, once one has passed: half of the usual promise, and long enough to be kept."""

FURTHEST = dt.timedelta(days=30)
"""No three working days in a row take longer than this, whatever a country celebrates."""

AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Due:
    """Interviews of one position whose candidates were promised a reply by the same day."""

    position_id: uuid.UUID
    day: dt.date
    interviews: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class NextDay:
    """A promised day of a position: working days until then (negative once it has passed), and who waits for it."""

    day: dt.date
    left: int
    people: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Replies of one position that came due: how many, and how many of them came by the first promised day."""

    due: int
    kept: int


def days_left(organization: Organization, day: dt.date, now: dt.datetime | None = None) -> int:
    """Working days from today up to the promised day; 0 on the day itself, negative once it has passed."""
    today = local_day(organization, now)
    if today > day:
        return -max(1, working_days_between(day, today, organization.country))
    return working_days_between(today, day, organization.country)


def passed(organization: Organization, now: dt.datetime | None = None) -> list[Due]:
    """Promised days that are over without a reply. One query."""
    return _grouped(undecided(organization).filter(reply_by__lt=local_day(organization, now)))


def to_remind_of(organization: Organization, days_before: int, now: dt.datetime | None = None) -> list[Due]:
    """Promised days that are at most so many working days away, of which nobody was reminded at that time or a later
    one. One query."""
    today = local_day(organization, now)
    told = PromiseReminder.objects.filter(
        interview=OuterRef("pk"), promised=OuterRef("reply_by"), days_before__lte=days_before
    )
    last = add_working_days(today, days_before, organization.country)
    return _grouped(undecided(organization).filter(~Exists(told), reply_by__gte=today, reply_by__lte=last))


def organizations_with_promises(now: dt.datetime) -> QuerySet[Organization]:
    """Those in which a promised day is near or has passed. One query."""
    near = all_undecided().filter(organization=OuterRef("pk"), reply_by__lte=(now + FURTHEST).date())
    return Organization.objects.filter(Exists(near)).order_by("id")


def who_answers(position: Position) -> Member:
    """Who answers for the replies of a position: the one named in it, else an owner when that one has left."""
    if position.replies_by.is_active:
        return position.replies_by
    return _owners(position.organization_id)[0]


def leads_of(member: Member) -> list[Member]:
    """Who is told beside a member: the one who leads them, else the other owners."""
    if member.lead_id and member.lead.is_active:
        return [member.lead]
    return [owner for owner in _owners(member.organization_id) if owner.id != member.id]


def broken_of(interview: Interview) -> BrokenPromise | None:
    """The last promise to this candidate that was not kept. One query."""
    return BrokenPromise.objects.filter(interview=interview).order_by("-promised").first()


def waiting_past(positions: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Of these positions, how many people in each still wait whose promised day has passed. One query."""
    broken = BrokenPromise.objects.filter(interview=OuterRef("pk"))
    rows = all_undecided().filter(Exists(broken), position__in=positions).order_by()
    return dict(rows.values_list("position_id").annotate(people=Count("id")))


def next_days(position: Position, most: int = 20) -> list[NextDay]:
    """The promised days of a position for which people still wait, the nearest first. One query."""
    rows = undecided(position.organization_id).filter(position=position, reply_by__isnull=False).order_by("reply_by")
    counted = rows.values_list("reply_by").annotate(people=Count("id"))[:most]
    return [NextDay(day, days_left(position.organization, day), people) for day, people in counted]


def held_and_answered() -> QuerySet[Position]:
    """Positions that invite nobody new although nobody waits past a promised day any more. One query."""
    broken = BrokenPromise.objects.filter(interview=OuterRef("pk"))
    waiting = all_undecided().filter(Exists(broken), position=OuterRef("pk"))
    return Position.objects.filter(~Exists(waiting), invitations_held_at__isnull=False).select_related("organization")


def kept(position: Position, organization: Organization) -> Kept:
    """The position's record: a promise counts once, as kept when the reply came by the day that was promised first.

    A reply that came before any day passed counts, too. One query.
    """
    replied = Decision.objects.filter(interview=OuterRef("pk"), replied_at__isnull=False).exclude(outcome=Outcome.HOLD)
    first = replied.order_by().values("interview").annotate(first=Min("replied_at")).values("first")
    zone = ZoneInfo(organization.time_zone)
    rows = Interview.objects.filter(position=position, is_preview=False, reply_by__isnull=False).annotate(
        was_broken=Exists(BrokenPromise.objects.filter(interview=OuterRef("pk"))),
        replied_on=TruncDate(Subquery(first), tzinfo=zone),
    )
    in_time = Q(was_broken=False, replied_on__lte=F("reply_by"))
    counted = rows.aggregate(
        due=Count("id", filter=Q(was_broken=True) | Q(replied_on__isnull=False)), kept=Count("id", filter=in_time)
    )
    return Kept(**counted)


def _grouped(interviews: QuerySet[Interview]) -> list[Due]:
    found: dict[tuple[uuid.UUID, dt.date], list[uuid.UUID]] = defaultdict(list)
    rows = interviews.order_by("reply_by", "id").values_list("position_id", "reply_by", "id")[:AT_ONCE]
    for position_id, day, interview_id in rows:
        found[position_id, day].append(interview_id)
    return [Due(position_id, day, tuple(ids)) for (position_id, day), ids in found.items()]


def _owners(organization_id: uuid.UUID) -> list[Member]:
    found = Member.objects.select_related("user").filter(
        organization=organization_id, role=Role.OWNER, is_active=True, user__is_active=True
    )
    return list(found.order_by("created_at", "id"))
