"""Reminding of a live interview: a day before, and an hour before. Everybody who is to be there."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import system_actor
from bothways.interviews.models import UNFINISHED
from bothways.live.actions.invitations import DAY, HOUR, loaded, tell_candidate, tell_host
from bothways.live.models import Slot, SlotState

AT_ONCE = 500


def remind_of_talks() -> int:
    """Send every reminder that is due now. Returns of how many talks this worker reminded."""
    now, reminded = timezone.now(), 0
    for slot_id in _within(now, HOUR).filter(hour_reminded_at=None).values_list("id", flat=True)[:AT_ONCE]:
        reminded += remind_of_talk(slot_id=slot_id, before="hour")
    for slot_id in _within(now, DAY).filter(day_reminded_at=None).values_list("id", flat=True)[:AT_ONCE]:
        reminded += remind_of_talk(slot_id=slot_id, before="day")
    return reminded


@transaction.atomic
def remind_of_talk(*, slot_id: uuid.UUID, before: str) -> bool:
    """One reminder, an "hour" or a "day" before. False when it is not due any more, or another worker was first.

    The one of the last hour also stands for that of the last day, if it was never sent.
    """
    now = timezone.now()
    # One statement asks and marks, and the mails are in its transaction: of two workers one gets the row.
    if before == "hour":
        due = _within(now, HOUR).filter(id=slot_id, hour_reminded_at=None)
        claimed = due.update(hour_reminded_at=now, day_reminded_at=now)
    else:
        claimed = _within(now, DAY).filter(id=slot_id, day_reminded_at=None).update(day_reminded_at=now)
    if not claimed:
        return False
    slot = loaded(Slot.objects.select_related("interview__stage").get(id=slot_id))
    tell_candidate(slot, "talk_reminder", before=before)
    for host in slot.hosts.all():
        if host.member.is_active:
            tell_host(slot, host.member, "host_reminder", before=before)
    record(
        organization=slot.interview.organization,
        actor=system_actor(slot.organization_id),
        verb="slot.reminded",
        thing=slot,
        detail={"before": before},
    )
    return True


def _within(now: dt.datetime, ahead: dt.timedelta) -> QuerySet[Slot]:
    """Booked talks that begin soon, of people who still take part."""
    return Slot.objects.filter(
        state=SlotState.BOOKED, interview__state__in=UNFINISHED, starts_at__gt=now, starts_at__lte=now + ahead
    )
