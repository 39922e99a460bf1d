"""The one way an interview's state changes."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import UNFINISHED, Interview, InterviewState

ALLOWED_FROM: dict[InterviewState, tuple[InterviewState, ...]] = {
    InterviewState.INVITED: (InterviewState.EXPIRED, InterviewState.WITHDRAWN),
    InterviewState.OPENED: (InterviewState.INVITED, InterviewState.EXPIRED),
    InterviewState.STARTED: (InterviewState.INVITED, InterviewState.OPENED, InterviewState.EXPIRED),
    InterviewState.SUBMITTED: (InterviewState.STARTED, InterviewState.EXPIRED),
    InterviewState.EXPIRED: UNFINISHED,
    InterviewState.WITHDRAWN: (*UNFINISHED, InterviewState.SUBMITTED, InterviewState.EXPIRED),
}
"""From which states each state can be reached. More days bring an expired interview back, and a new invitation one that
was taken back with the decision behind it; answers begun in time may
still be sent shortly after the deadline; whoever takes part may stop at any time."""

_MOMENTS = {
    InterviewState.OPENED: ("opened_at",),
    InterviewState.STARTED: ("opened_at", "started_at"),
    InterviewState.SUBMITTED: ("submitted_at",),
    InterviewState.WITHDRAWN: ("withdrawn_at",),
}


@transaction.atomic
def change_state(
    *,
    interview: Interview,
    to: InterviewState,
    actor: Actor,
    detail: dict[str, Any] | None = None,
    fields: dict[str, Any] | None = None,
) -> bool:
    """Move the interview to `to`, set the moment that belongs to it, and write `interview.<state>` to the audit log.

    `fields` are other columns to set with it, in the same statement. The update asks the database for the state it
    starts from, so that of two at the same time one wins: the other gets False, and nothing was changed by it.
    `interview` carries the new values afterwards.
    """
    now = timezone.now()
    moments: dict[str, dt.datetime] = {
        name: now for name in _MOMENTS.get(to, ()) if getattr(interview, name) is None or name == "submitted_at"
    }
    changes = {"state": to, **moments, **(fields or {})}
    changed = Interview.objects.filter(
        id=interview.id, organization_id=interview.organization_id, state__in=ALLOWED_FROM[to]
    ).update(**changes)
    if not changed:
        return False
    previous = interview.state
    for name, value in changes.items():
        setattr(interview, name, value)
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb=f"interview.{to.value}",
        thing=interview,
        detail={"from": previous, **(detail or {})},
    )
    return True


def state_before_expiry(interview: Interview) -> InterviewState:
    """How far the candidate had come: where an expired interview goes on when it gets more days."""
    if interview.started_at:
        return InterviewState.STARTED
    return InterviewState.OPENED if interview.opened_at else InterviewState.INVITED
