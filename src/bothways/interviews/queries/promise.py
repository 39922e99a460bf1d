"""The day by which a candidate hears, and how far the working days until then have run."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.lib.working_days import add_working_days, working_days_between

REPLY_DAYS = 10
"""Working days until the reply where no stage says otherwise, which is a preview of a bare kit."""


@dataclass(frozen=True, slots=True)
class Promise:
    """`today` is which working day it is, counted from the day after sending; 0 on the day itself."""

    day: dt.date
    total: int
    today: int

    @property
    def is_late(self) -> bool:
        return self.today > self.total

    @property
    def left(self) -> int:
        return max(0, self.total - self.today)

    @property
    def days(self) -> list[str]:
        """One word for each working day, as it is drawn: gone, today or left."""
        return ["gone" if n < self.today else "today" if n == self.today else "left" for n in range(1, self.total + 1)]


def reply_days(interview: Interview) -> int:
    return interview.stage.reply_days if interview.stage else REPLY_DAYS


def promised_day(interview: Interview, now: dt.datetime | None = None) -> dt.date:
    """By when the candidate hears, if the answers are sent now: working days of the organization, in its zone."""
    return add_working_days(_local_day(interview, now), reply_days(interview), interview.organization.country)


def rating_day(interview: Interview, now: dt.datetime | None = None) -> dt.date:
    """By when the raters are asked to be done, if the answers are sent now: never after the day of the reply."""
    days = min(interview.stage.rating_days, reply_days(interview)) if interview.stage else REPLY_DAYS
    return add_working_days(_local_day(interview, now), days, interview.organization.country)


def promise(interview: Interview, now: dt.datetime | None = None) -> Promise | None:
    """How the promise of a sent interview stands; None before it is sent."""
    if interview.reply_by is None or interview.submitted_at is None:
        return None
    sent, country = _local_day(interview, interview.submitted_at), interview.organization.country
    return Promise(
        day=interview.reply_by,
        total=working_days_between(sent, interview.reply_by, country),
        today=working_days_between(sent, _local_day(interview, now), country),
    )


def _local_day(interview: Interview, moment: dt.datetime | None) -> dt.date:
    return (moment or timezone.now()).astimezone(ZoneInfo(interview.organization.time_zone)).date()
