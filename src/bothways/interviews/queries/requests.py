"""What candidates asked people for: by when it is answered, what is open, and how it stands for one person."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils import timezone

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Organization, Role
from bothways.interviews.models import Interview, InterviewState, Request
from bothways.lib.working_days import add_working_days

ANSWER_DAYS = 2
"""Working days until a person has answered, counted from the day of asking."""

MOST_A_DAY = 3

MOST_COUNTED = 100
"""The top bar counts on every page, so it does not count on for ever; from here on it shows 99+."""

LONGEST_PAGE = 100

OWNING_ROLES = (Role.OWNER, Role.RECRUITER)
"""Who may know of requests at all, and so who can owe an answer. Those who rate never learn that there was one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests a list shows: `owner` narrows it to one member's, `answered` to what is done."""

    owner: uuid.UUID | None = None
    answered: bool = False


def answer_due(organization: Organization, now: dt.datetime | None = None) -> dt.date:
    """By when what is asked now is answered: working days of the organization, in its zone."""
    return add_working_days(local_day(organization, now), ANSWER_DAYS, organization.country)


def is_overdue(request: Request, now: dt.datetime | None = None) -> bool:
    """Whether the day of the answer has passed without one."""
    return request.is_open and local_day(request.organization, now) > request.due


def local_day(organization: Organization, now: dt.datetime | None = None) -> dt.date:
    return (now or timezone.now()).astimezone(ZoneInfo(organization.time_zone)).date()


def open_requests(organization: Organization) -> QuerySet[Request]:
    """Not answered yet, by people who still take part; the nearest day first."""
    return all_open().filter(organization=organization).order_by("due", "created_at", "id")


def all_open() -> QuerySet[Request]:
    return Request.objects.filter(answered_at=None).exclude(interview__state=InterviewState.WITHDRAWN)


def open_requests_of(actor: Actor) -> QuerySet[Request]:
    """Those that wait for an answer in the member's organization."""
    return all_open().filter(organization=actor.organization_id)


def listed_requests(organization: Organization, wanted: Wanted) -> list[Request]:
    """One page of the team's list: open ones with the nearest day first, answered ones the newest first. One query."""
    if wanted.answered:
        done = Request.objects.filter(organization=organization, answered_at__isnull=False)
        rows = done.order_by(F("answered_at").desc(), "-id")
    else:
        rows = open_requests(organization)
    if wanted.owner:
        rows = rows.filter(owner=wanted.owner)
    return list(_with_people(rows)[:LONGEST_PAGE])


def requests_of(interview: Interview) -> list[Request]:
    """Everything that one interview's candidate asked for, the newest first. One query."""
    rows = Request.objects.filter(organization=interview.organization_id, interview=interview)
    found = list(rows.select_related("owner__user", "answered_by__user").order_by("-created_at", "-id"))
    for request in found:
        request.interview, request.organization = interview, interview.organization
    return found


def open_by_interview(organization: Organization, interviews: Iterable[uuid.UUID]) -> dict[uuid.UUID, Request]:
    """The request with the nearest day of each of these interviews that has an open one. One query."""
    rows = open_requests(organization).filter(interview__in=list(interviews))
    found: dict[uuid.UUID, Request] = {}
    for request in rows:
        found.setdefault(request.interview_id, request)
    return found


def request_of(organization: Organization, request_id: uuid.UUID) -> Request | None:
    """One request of the organization, with everything that its page shows. One query."""
    return _with_people(Request.objects.filter(organization=organization, id=request_id)).first()


def possible_owners(organization: Organization) -> QuerySet[Member]:
    """Who can owe an answer: active owners and recruiters, by name."""
    found = Member.objects.select_related("user").filter(organization=organization, is_active=True)
    return found.filter(role__in=OWNING_ROLES, user__is_active=True).order_by("user__name", "id")


def owner_for(interview: Interview) -> Member:
    """Who answers what is asked in this interview: who answers for the reply, else who invited, else an owner.

    Somebody who only rates, or has left, cannot: then the next in this line does.
    """
    able = {member.id: member for member in possible_owners(interview.organization)}
    replies_by = interview.position.replies_by_id if interview.position else None
    for member_id in (replies_by, interview.invited_by_id):
        if member_id in able:
            return able[member_id]
    owners = [member for member in able.values() if member.role == Role.OWNER]
    return min(owners, key=lambda member: member.created_at)


def _with_people(rows: QuerySet[Request]) -> QuerySet[Request]:
    return rows.select_related(
        "organization", "owner__user", "answered_by__user", "interview__application__candidate", "interview__stage",
        "interview__position", "interview__organization",
    )  # fmt: skip
