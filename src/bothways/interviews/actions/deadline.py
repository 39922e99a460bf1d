"""Deadlines that move because something technical stood in the way: nobody has to ask for it."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.interviews.actions.state import change_state, state_before_expiry
from bothways.interviews.models import UNFINISHED, Interview, InterviewState, Take
from bothways.interviews.queries.window import GRACE, is_answering, uploads_until
from bothways.media.actions.upload_times import prolong_uploads
from bothways.work.queries.outages import Outage, outages

LAST_HOURS = dt.timedelta(hours=24)
"""Trouble in so long a time before the deadline counts, and whoever met it has so long again from its end."""

LEAST_GAIN = dt.timedelta(hours=1)
MOST_FOR_FAULTS = 3
"""Faults are told by the device; so often they move the deadline. An outage of the server always does."""

LOOKED_BACK = dt.timedelta(days=7)
AT_ONCE = 1000


def make_up_for_fault(*, interview: Interview) -> bool:
    """A fault on the device was just told. True if that moved the deadline. Only for the holder of the interview."""
    now = timezone.now()
    is_late = interview.deadline - LAST_HOURS <= now <= interview.deadline + GRACE
    gains = now + LAST_HOURS >= interview.deadline + LEAST_GAIN
    stands_still = interview.clock_stopped_at is not None
    if not is_late or not gains or stands_still or not is_answering(interview):
        return False
    if interview.faults_made_up >= MOST_FOR_FAULTS:
        return False
    interview.faults_made_up += 1
    _move(interview, now + LAST_HOURS, {"because": "fault"})
    return True


def make_up_for_outages(*, interview: Interview | None = None) -> int:
    """Give the hours back to everybody whose last day fell into an outage of the server. Returns to how many.

    With `interview`, only to that one, which then carries its new deadline: for whoever opens the page before the
    sweep has looked.
    """
    moved = 0
    for outage in outages(timezone.now() - LOOKED_BACK):
        affected = _affected(outage)
        if interview is not None:
            affected = affected.filter(id=interview.id)
        for interview_id in list(affected.values_list("id", flat=True)[:AT_ONCE]):
            moved += _make_up(interview_id, outage)
    if interview is not None and moved:
        interview.refresh_from_db(fields=["deadline", "state", "made_up_at", "last_day_reminded_at"])
    return moved


def keep_uploads_open(*, interview: Interview) -> int:
    """What is on its way has as much time to arrive as the rules now say. Returns how many uploads."""
    takes = Take.objects.filter(answer__interview=interview)
    return prolong_uploads(recordings=takes.values("recording"), expires_at=uploads_until(interview))


def _affected(outage: Outage) -> QuerySet[Interview]:
    """Not sent, and the outage lies in the last hours before the deadline, which is earlier than it shall be."""
    return Interview.objects.filter(
        Q(state__in=UNFINISHED) | Q(state=InterviewState.EXPIRED),
        is_preview=False,
        clock_stopped_at=None,
        created_at__lt=outage.end,
        deadline__gte=outage.start,
        deadline__lt=outage.end + LAST_HOURS,
    )


@transaction.atomic
def _make_up(interview_id: uuid.UUID, outage: Outage) -> bool:
    rows = _affected(outage).select_related("organization").select_for_update(of=("self",))
    interview = rows.filter(id=interview_id).first()
    if interview is None:
        return False
    _move(interview, outage.end + LAST_HOURS, {"because": "outage", "start": outage.start, "end": outage.end})
    return True


def _move(interview: Interview, deadline: dt.datetime, why: dict[str, object]) -> None:
    before = interview.deadline
    interview.deadline, interview.made_up_at = deadline, timezone.now()
    # The last day begins again, and with it the reminder that names the new deadline.
    interview.last_day_reminded_at = None
    interview.save(update_fields=["deadline", "made_up_at", "faults_made_up", "last_day_reminded_at"])
    keep_uploads_open(interview=interview)
    system = system_actor(interview.organization_id)
    audit.record(
        organization=interview.organization,
        actor=system,
        verb="interview.made_up",
        thing=interview,
        detail={"from": before, "deadline": deadline, **why},
    )
    if interview.state == InterviewState.EXPIRED:
        change_state(interview=interview, to=state_before_expiry(interview), actor=system)
