"""When a room is open: from a little before its slot until it is ended, or long after the slot."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.interviews.models import Interview, InterviewKind, InterviewState
from bothways.lib.errors import Refused
from bothways.live.models import Place, Room, Slot, SlotState
from bothways.review.queries.identity import finally_decided

EARLY = dt.timedelta(minutes=15)
LATE = dt.timedelta(hours=3)


def booked_slot(interview: Interview) -> Slot | None:
    """The booked time of a live interview. One query."""
    return Slot.objects.filter(
        interview=interview, organization=interview.organization_id, state=SlotState.BOOKED
    ).first()


def opens_at(slot: Slot) -> dt.datetime:
    return slot.starts_at - EARLY


def closes_at(slot: Slot) -> dt.datetime:
    return slot.ends_at + LATE


def require_open(room: Room, now: dt.datetime | None = None) -> Slot:
    """The slot for which this room, with its interview loaded, is open now. Two queries at most.

    Raises:
        Refused: `ended`, `no_time`, `elsewhere`, `early`, `over` or `decided`: it is not, in words for whoever comes.
    """
    now = now or timezone.now()
    interview = room.interview
    if interview.state == InterviewState.WITHDRAWN or interview.kind != InterviewKind.LIVE:
        raise Refused("no_time", _("This talk does not take place any more. Nobody waits for you here."))
    if room.ended_at is not None or interview.state == InterviewState.SUBMITTED:
        raise Refused("ended", _("This talk has ended. Thank you for being there."))
    slot = booked_slot(interview)
    if slot is None:
        raise Refused("no_time", _("No time is booked for this talk, so its room is closed."))
    if slot.place != Place.ROOM:
        raise Refused("elsewhere", _("This talk is not held in the browser. The invitation says where it is."))
    if now < opens_at(slot):
        raise Refused("early", _("The room opens 15 minutes before the talk. Come back then with the same link."))
    if now > closes_at(slot):
        raise Refused("over", _("The time of this talk is over, and its room is closed."))
    if Interview.objects.filter(finally_decided(), id=interview.id).exists():
        raise Refused("decided", _("This interview is already decided, so its room is closed."))
    return slot
