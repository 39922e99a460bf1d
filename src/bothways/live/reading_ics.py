"""From a calendar in iCalendar form to the times in which its owner is busy. Nothing else is kept of it.

A calendar comes from somewhere else and may be made to keep a machine busy for hours: it is read in a process of its
own, with a limit of time and of memory. This module loads no other part of the product, so that the process starts
fast.
"""

import datetime as dt
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

Stretch = tuple[dt.datetime, dt.datetime]

LIMIT_S = 20
MOST_MEMORY = 1024 * 1024 * 1024
MOST_STRETCHES = 5000
"""In the days that are looked at. A calendar with more is none that a person keeps."""
ENTRY = "from bothways.live.reading_ics import main; main()"


class Unreadable(ValueError):
    """This is no calendar, or one that cannot be read whole."""


def read_apart(content: bytes, *, from_: dt.datetime, until: dt.datetime, zone: str) -> list[Stretch]:
    """`busy_stretches` in a process of its own.

    Raises:
        Unreadable: it is no calendar, or reading it took too long or too much memory.
    """
    command = [sys.executable, "-c", ENTRY, from_.isoformat(), until.isoformat(), zone]
    env = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own module
            command, input=content, capture_output=True, timeout=LIMIT_S, check=True, env=env
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Unreadable("the calendar cannot be read") from error
    return [_moments(pair) for pair in json.loads(done.stdout)]


def main() -> None:
    """What the process of its own does: a calendar on standard input, its stretches as JSON on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    from_, until = _moments(sys.argv[1:3])
    found = busy_stretches(sys.stdin.buffer.read(), from_=from_, until=until, zone=sys.argv[3])
    sys.stdout.write(json.dumps([[starts.isoformat(), ends.isoformat()] for starts, ends in found]))


def busy_stretches(content: bytes, *, from_: dt.datetime, until: dt.datetime, zone: str) -> list[Stretch]:
    """When somebody is busy between two moments, in UTC, in order, stretches that touch joined.

    Whole days and times without a zone are read in `zone`. What is marked as free or cancelled is left out.

    Raises:
        Unreadable: it is no calendar, or some of it cannot be read. To skip that part would call somebody free.
    """
    here = ZoneInfo(zone)
    try:
        calendar = icalendar.Calendar.from_ical(content.decode("utf-8-sig"))
        events = recurring_ical_events.of(calendar).between(from_.astimezone(here), until.astimezone(here))
        stretches = [_stretch(event, here) for event in events if _is_busy(event)]
    except Exception as error:
        raise Unreadable("no calendar, or not all of it") from error
    clipped = [(max(starts, from_), min(ends, until)) for starts, ends in stretches]
    found = joined([(starts, ends) for starts, ends in clipped if starts < ends])
    if len(found) > MOST_STRETCHES:
        raise Unreadable("too many events")
    return found


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time in as few stretches as it needs, in order."""
    found: list[Stretch] = []
    for starts, ends in sorted(stretches):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return found


def _is_busy(event: icalendar.Event) -> bool:
    """Outlook says free in a line of its own."""
    words = [str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS")]
    return words[0] != "TRANSPARENT" and words[1] != "CANCELLED" and words[2] != "FREE"


def _stretch(event: icalendar.Event, here: ZoneInfo) -> Stretch:
    return _moment(event["DTSTART"].dt, here), _moment(event["DTEND"].dt, here)


def _moment(value: dt.date, here: ZoneInfo) -> dt.datetime:
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=here)).astimezone(dt.UTC)


def _moments(pair: list[str]) -> Stretch:
    return dt.datetime.fromisoformat(pair[0]), dt.datetime.fromisoformat(pair[1])
