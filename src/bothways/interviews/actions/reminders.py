"""Reminding people who have not answered: at half of their window, and 24 hours before it ends."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Value
from django.utils import timezone

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import system_actor
from bothways.interviews.actions.letters import send_letter
from bothways.interviews.models import UNFINISHED, Interview, InterviewKind

LAST_DAY = dt.timedelta(hours=24)
AT_ONCE = 1000
"""So many in one run, because a job has a minute; the next run takes the others."""


def send_due_reminders() -> int:
    """Send every reminder that is due now. Returns how many went out from this worker."""
    now = timezone.now()
    sent = 0
    for interview_id in _last_day(now).values_list("id", flat=True)[:AT_ONCE]:
        sent += remind_of_last_day(interview_id=interview_id)
    for interview_id in _half(now).values_list("id", flat=True)[: AT_ONCE - sent]:
        sent += remind_at_half(interview_id=interview_id)
    return sent


@transaction.atomic
def remind_of_last_day(*, interview_id: uuid.UUID) -> bool:
    """The reminder of the last day. False when it is not due, or another worker was first.

    It also stands for the one at half the window, if that was never sent: nobody gets two mails in one minute.
    """
    now = timezone.now()
    if not _last_day(now).filter(id=interview_id).exists():
        return False
    open_ = Interview.objects.filter(id=interview_id, state__in=UNFINISHED, last_day_reminded_at=None)
    # One statement asks and marks, and the mail is in its transaction: of two workers one gets the row.
    return bool(open_.update(last_day_reminded_at=now, half_reminded_at=now)) and _remind(interview_id, "last_day")


@transaction.atomic
def remind_at_half(*, interview_id: uuid.UUID) -> bool:
    """The reminder at half of the window. False when it is not due, or another worker was first."""
    now = timezone.now()
    if not _half(now).filter(id=interview_id).exists():
        return False
    open_ = Interview.objects.filter(id=interview_id, state__in=UNFINISHED, half_reminded_at=None)
    return bool(open_.update(half_reminded_at=now)) and _remind(interview_id, "reminder")


def _remind(interview_id: uuid.UUID, word: str) -> bool:
    interview = Interview.objects.select_related(
        "organization", "application__candidate", "stage__position__replies_by__user", "stage__organization",
        "kit_version__welcome_by__user",
    ).get(id=interview_id)  # fmt: skip
    send_letter(interview=interview, word=word)
    record(
        organization=interview.organization,
        actor=system_actor(interview.organization_id),
        verb="interview.reminded",
        thing=interview,
        detail={"mail": word},
    )
    return True


def _open(now: dt.datetime) -> QuerySet[Interview]:
    """Who still may answer, and whose clock runs: nobody is hurried who waits for an answer of ours, or has a time to
    talk.
    """
    waiting = Interview.objects.filter(state__in=UNFINISHED, is_preview=False, deadline__gt=now, clock_stopped_at=None)
    return waiting.exclude(kind=InterviewKind.LIVE, started_at__isnull=False)


def _last_day(now: dt.datetime) -> QuerySet[Interview]:
    return _open(now).filter(last_day_reminded_at=None, deadline__lte=now + LAST_DAY)


def _half(now: dt.datetime) -> QuerySet[Interview]:
    """Whose remaining time is at most the time that has passed by their clock, and who has more than a day left."""
    left = ExpressionWrapper(F("deadline") - Value(now), output_field=DurationField())
    passed = ExpressionWrapper(Value(now) - F("created_at") - F("stood_still"), output_field=DurationField())
    return (
        _open(now).filter(half_reminded_at=None, deadline__gt=now + LAST_DAY).alias(left=left).filter(left__lte=passed)
    )
