"""An interview's clock: it stands still while a person owes the candidate an answer. The one place that moves it.

Whatever asks about time asks `queries/window.py`, which knows where the clock stands. When it goes on, the deadline
moves by the time for which it stood still, so that the candidate has exactly as much left as before.
"""

import datetime as dt

from django.utils import timezone

from bothways.interviews.actions.deadline import keep_uploads_open
from bothways.interviews.models import Interview
from bothways.interviews.queries.window import clock, is_answering

FIELDS = ["deadline", "clock_stopped_at", "stood_still"]


def stop_clock(interview: Interview) -> bool:
    """Let a locked interview's clock stand still from now on. False if it did already, or nothing is left to answer."""
    if interview.clock_stopped_at is not None or not is_answering(interview):
        return False
    interview.clock_stopped_at = timezone.now()
    interview.save(update_fields=FIELDS)
    keep_uploads_open(interview=interview)
    return True


def start_clock(interview: Interview) -> dt.timedelta:
    """Let a locked interview's clock go on, with the deadline moved. Returns how long it stood still this time."""
    now = timezone.now()
    stood = now - clock(interview, now)
    interview.deadline += stood
    interview.stood_still += stood
    interview.clock_stopped_at = None
    interview.save(update_fields=FIELDS)
    keep_uploads_open(interview=interview)
    return stood
