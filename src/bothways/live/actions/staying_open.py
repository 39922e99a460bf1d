"""How long an interview stays open for a talk."""

import datetime as dt

from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.lib.zones import end_of_day
from bothways.live.models import Slot

DAYS_TO_PICK_AGAIN = 7
"""So long at least a candidate can pick another time when theirs was cancelled or missed."""


def open_until_after(slot: Slot) -> None:
    """Until the talk is over, and its next day."""
    interview = slot.interview
    _extend(interview, end_of_day(slot.ends_at, 1, interview.organization.time_zone))


def open_to_pick_again(interview: Interview) -> None:
    """Long enough for another time."""
    _extend(interview, end_of_day(timezone.now(), DAYS_TO_PICK_AGAIN, interview.organization.time_zone))


def _extend(interview: Interview, deadline: dt.datetime) -> None:
    if interview.deadline < deadline:
        interview.deadline = deadline
        interview.save(update_fields=["deadline"])
