"""Interviews whose time is over."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from bothways.accounts.actors import system_actor
from bothways.interviews.actions.deadline import make_up_for_outages
from bothways.interviews.actions.state import change_state
from bothways.interviews.models import UNFINISHED, Interview, InterviewState, Take
from bothways.interviews.queries.window import GRACE
from bothways.media.models import RecordingState

AT_ONCE = 1000


def expire_due() -> int:
    """Mark every interview that is over as expired. Returns how many."""
    # First: an outage may have taken the last hours of somebody who is about to be marked.
    make_up_for_outages()
    due = _due(timezone.now()).values_list("id", flat=True)[:AT_ONCE]
    return sum(expire(interview_id=interview_id) for interview_id in due)


@transaction.atomic
def expire(*, interview_id: uuid.UUID) -> bool:
    """Mark one interview as expired. False when it is not over, or something of it is still on its way."""
    interview = _due(timezone.now()).select_for_update(of=("self",)).filter(id=interview_id).first()
    if interview is None:
        return False
    return change_state(interview=interview, to=InterviewState.EXPIRED, actor=system_actor(interview.organization_id))


def _due(now: dt.datetime) -> QuerySet[Interview]:
    """Unfinished, past the deadline and the grace after it, with no take that is still arriving or being prepared.

    Not while the clock stands still: somebody owes this candidate an answer.
    """
    in_flight = Take.objects.filter(
        answer__interview=OuterRef("id"),
        recording__state__in=[RecordingState.RECEIVING, RecordingState.RECEIVED],
        recording__uploads__expires_at__gt=now,
        recording__uploads__terminated_at=None,
    )
    over = Interview.objects.filter(
        state__in=UNFINISHED, is_preview=False, deadline__lt=now - GRACE, clock_stopped_at=None
    )
    return over.select_related("organization").filter(~Exists(in_flight))
