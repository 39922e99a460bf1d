"""When somebody may be told something: quiet hours on their own clock, and the mornings of digests. Pure arithmetic."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bothways.lib.working_days import is_working_day

STEP = dt.timedelta(minutes=15)
"""Clocks differ by whole steps, change by whole steps, and quiet hours begin and end on one."""

DIGEST_AT = dt.time(8)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours from `begins` to `ends` on the wall clock of `zone`, over midnight where `ends` is earlier; none where both
    are the same. With `free_days`, weekends and the public holidays of `country` are quiet as a whole.
    """

    zone: ZoneInfo
    begins: dt.time = dt.time(20)
    ends: dt.time = dt.time(7)
    free_days: bool = True
    country: str = ""

    def holds(self, moment: dt.datetime) -> bool:
        """Whether nothing is sent at this moment."""
        there = moment.astimezone(self.zone)
        if self.is_free(there.date()):
            return True
        if self.begins <= self.ends:
            return self.begins <= there.time() < self.ends
        return there.time() >= self.begins or there.time() < self.ends

    def is_free(self, day: dt.date) -> bool:
        return self.free_days and not is_working_day(day, self.country)

    def first_after(self, moment: dt.datetime) -> dt.datetime:
        """The moment itself, or the first one after it that is not quiet. Steps through hours that a clock shows twice
        or not at all as they come.
        """
        moment = moment.astimezone(dt.UTC)
        while self.holds(moment):
            moment += STEP - (moment - dt.datetime.min.replace(tzinfo=dt.UTC)) % STEP
        return moment

    def next_digest(self, moment: dt.datetime, *, weekly: bool = False) -> dt.datetime:
        """The next morning of a digest: of a day that is not free, or of the first such day of a week."""
        day = moment.astimezone(self.zone).date()
        while True:
            if not self.is_free(day) and not (weekly and self._week_has_begun(day)):
                due = self.first_after(dt.datetime.combine(day, DIGEST_AT, self.zone))
                if due > moment:
                    return due
            day += dt.timedelta(days=1)

    def _week_has_begun(self, day: dt.date) -> bool:
        return any(not self.is_free(day - dt.timedelta(days=n)) for n in range(1, day.weekday() + 1))
