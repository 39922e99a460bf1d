"""Reminding of requests: the owner before the day of the answer, the organization's owners when it has passed."""

import uuid
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import system_actor
from bothways.accounts.models import Member, Role
from bothways.interviews.actions.request_letters import tell_owner
from bothways.interviews.models import Request
from bothways.interviews.policies import may_own_request
from bothways.interviews.queries.requests import all_open, is_overdue, local_day, owner_for, possible_owners
from bothways.lib.working_days import working_days_between
from bothways.lib.zones import is_morning

AT_ONCE = 1000


def remind_of_requests() -> int:
    """Send every reminder that is due now. Returns how many requests were reminded of."""
    reminded = 0
    for request in _unanswered():
        if not is_morning(request.organization.time_zone, timezone.now()):
            continue
        if is_overdue(request):
            reminded += request.overdue_told_at is None and tell_of_overdue(request_id=request.id)
        elif request.reminded_at is None and _is_near(request):
            reminded += remind_owner(request_id=request.id)
    return reminded


@transaction.atomic
def remind_owner(*, request_id: uuid.UUID) -> bool:
    """Remind who owes the answer. False when another worker was first, or it is answered."""
    waiting = Request.objects.filter(id=request_id, answered_at=None, reminded_at=None)
    if not waiting.update(reminded_at=timezone.now()):
        return False
    request = _with_able_owner(request_id)
    tell_owner(request=request, word="request_due")
    return True


@transaction.atomic
def tell_of_overdue(*, request_id: uuid.UUID) -> bool:
    """Tell the owners of the organization, and who owes the answer, that its day has passed. Once."""
    now = timezone.now()
    waiting = Request.objects.filter(id=request_id, answered_at=None, overdue_told_at=None)
    if not waiting.update(overdue_told_at=now, reminded_at=now):
        return False
    request = _with_able_owner(request_id)
    told: dict[uuid.UUID, Member] = {request.owner_id: request.owner}
    for member in possible_owners(request.organization).filter(role=Role.OWNER):
        told.setdefault(member.id, member)
    for member in told.values():
        tell_owner(request=request, word="request_overdue", to=member)
    record(
        organization=request.organization,
        actor=system_actor(request.organization_id),
        verb="request.overdue",
        thing=request.interview,
        detail={"request": request.id, "told": list(told)},
    )
    return True


def _unanswered() -> Iterator[Request]:
    rows = all_open().filter(overdue_told_at=None).select_related("organization")
    yield from rows.order_by("due", "id")[:AT_ONCE]


def _is_near(request: Request) -> bool:
    """From the last working day before the day of the answer on."""
    today = local_day(request.organization)
    asked_on = local_day(request.organization, request.created_at)
    return today > asked_on and working_days_between(today, request.due, request.organization.country) <= 1


def _with_able_owner(request_id: uuid.UUID) -> Request:
    """The request with an owner who can answer it: whoever left, or only rates now, is replaced first."""
    request = Request.objects.select_related(
        "organization", "owner__user", "interview__organization", "interview__position",
        "interview__application__candidate",
    ).get(id=request_id)  # fmt: skip
    if not may_own_request(request.owner, request):
        before = request.owner_id
        request.owner = owner_for(request.interview)
        request.save(update_fields=["owner"])
        record(
            organization=request.organization,
            actor=system_actor(request.organization_id),
            verb="request.handed_over",
            thing=request.interview,
            detail={"request": request.id, "from": before, "to": request.owner_id},
        )
    return request
