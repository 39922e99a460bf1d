"""How long an interview is open. Pure: everything is said by the interview and the clock.

An interview has a clock of its own. It stands still while somebody owes the candidate an answer (actions/clock.py):
every rule of time asks `clock` where it stands, and none asks the wall.
"""

import datetime as dt

from django.utils import timezone

from bothways.interviews.models import EXTENSION_DAYS, OWN_EXTENSIONS, UNFINISHED, Interview, InterviewState

GRACE = dt.timedelta(hours=24)
"""After the deadline, takes that were opened before it may still arrive, be chosen and be sent."""

LONGEST_STOP = dt.timedelta(days=60)
"""So long an upload waits for its bytes while the clock stands still. Nobody should ever wait so long for an answer."""


def clock(interview: Interview, now: dt.datetime | None = None) -> dt.datetime:
    """The moment at which the interview's own clock stands: now, or when it was stopped."""
    return interview.clock_stopped_at or now or timezone.now()


def stands_still(interview: Interview, now: dt.datetime | None = None) -> bool:
    """Whether there is time left to answer that waits for a person. What was over before has nothing to wait for."""
    return interview.clock_stopped_at is not None and accepts_new_takes(interview, now)


def open_until(interview: Interview, now: dt.datetime | None = None) -> dt.datetime:
    """Until when answers may begin, as far as it is known now: a stopped clock moves this end with every minute."""
    now = now or timezone.now()
    return interview.deadline + (now - clock(interview, now))


def uploads_until(interview: Interview) -> dt.datetime:
    """Until when bytes of a take may arrive. A stopped clock gives no end yet, so that the longest stop fits in."""
    end = interview.deadline + GRACE
    return end + LONGEST_STOP if interview.clock_stopped_at else end


def is_over(interview: Interview, now: dt.datetime | None = None) -> bool:
    """Whether the deadline has passed, no matter whether a job has already marked the interview as expired."""
    return interview.deadline < clock(interview, now)


def is_answering(interview: Interview) -> bool:
    """Whether the candidate still owes answers: neither sent nor withdrawn. Says nothing about the time."""
    return interview.state in UNFINISHED or interview.state == InterviewState.EXPIRED


def accepts_new_takes(interview: Interview, now: dt.datetime | None = None) -> bool:
    return is_answering(interview) and not is_over(interview, now)


def accepts_begun_takes(interview: Interview, now: dt.datetime | None = None) -> bool:
    """Whether what was begun in time may still be finished, chosen and sent."""
    return is_answering(interview) and clock(interview, now) <= interview.deadline + GRACE


def extensions_left(interview: Interview, now: dt.datetime | None = None) -> int:
    """How often the candidate may still take more days.

    Also for a while after the deadline: as long as the days would reach into the future.
    """
    reaches = interview.deadline + extension() > clock(interview, now)
    return max(0, OWN_EXTENSIONS - interview.own_extensions) if is_answering(interview) and reaches else 0


def extension() -> dt.timedelta:
    return dt.timedelta(days=EXTENSION_DAYS)
