"""The definition of a time zone that a calendar file carries, for the time that the file is about.

Each change of the clocks stands as a part of its own. The one that `icalendar` makes is an hour late at the change in
spring, and lists all changes in one line, of which the parser in Thunderbird reads the first only.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

AROUND = dt.timedelta(days=400)
"""Programs look at the change before and the one after; both are within a year, where there are any."""
STEP = dt.timedelta(days=1)
EXACT = dt.timedelta(minutes=1)


def vtimezone(name: str, first: dt.datetime, last: dt.datetime) -> Timezone:
    """What holds in a zone from the first to the last moment."""
    zone, begins = ZoneInfo(name), (first - AROUND).astimezone(dt.UTC)
    found = Timezone()
    found.add("tzid", name)
    found.add_component(_observance(begins, begins, zone))
    for before, after in _changes(zone, begins, last + AROUND):
        found.add_component(_observance(before, after, zone))
    return found


def _changes(zone: ZoneInfo, begins: dt.datetime, ends: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The last minute before each change of the clocks, and the minute of the change."""
    day = begins
    while day < ends:
        low, high = day, day + STEP
        if _offset(low, zone) != _offset(high, zone):
            while high - low > EXACT:
                middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
                low, high = (middle, high) if _offset(middle, zone) == _offset(low, zone) else (low, middle)
            yield low, high
        day += STEP


def _observance(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    there = after.astimezone(zone)
    part = TimezoneDaylight() if there.dst() else TimezoneStandard()
    # It begins at what the clocks say just before they are changed.
    part.add("dtstart", (after + _offset(before, zone)).replace(tzinfo=None))
    part.add("tzoffsetfrom", _offset(before, zone))
    part.add("tzoffsetto", _offset(after, zone))
    part.add("tzname", there.tzname() or "")
    return part


def _offset(moment: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    return moment.astimezone(zone).utcoffset() or dt.timedelta(0)
