"""Which times can be offered. Pure: hours on hosts' wall clocks, what is taken, and the rules of a stage.

Hours are clock times in the host's zone, and starts are counted in UTC between their converted ends: the night in
which a clock is put back has an hour more, the other an hour less.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

Clock = tuple[dt.time, dt.time]
"""From and until, on one day. Until 00:00 is the end of the day."""

Stretch = tuple[dt.datetime, dt.datetime]
"""From and until, in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When one host may be booked. A day in `overrides` has those hours instead of its weekday's, or none."""

    zone: str
    weekly: Mapping[int, Sequence[Clock]]
    overrides: Mapping[dt.date, Sequence[Clock]] = field(default_factory=dict)
    before: dt.timedelta = dt.timedelta(0)
    after: dt.timedelta = dt.timedelta(0)
    notice: dt.timedelta = dt.timedelta(0)
    daily_cap: int = 24


@dataclass(frozen=True, slots=True)
class Taken:
    """A stretch in which somebody is not free. `kept` is the same with what is to stay free around it."""

    stretch: Stretch
    kept: Stretch


@dataclass(frozen=True, slots=True)
class HostTime:
    """`talks` are the starts of the talks somebody already has: they count against the daily cap."""

    member_id: uuid.UUID
    hours: Hours
    taken: Sequence[Taken] = ()
    talks: Sequence[dt.datetime] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """A time that can be picked, and who of the hosts is free then."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    hosts: tuple[uuid.UUID, ...]


def openings(
    hosts: Sequence[HostTime], *, minutes: int, needs_all: bool, now: dt.datetime, until: dt.datetime
) -> list[Opening]:
    """The times at which a talk of `minutes` can begin from `now` on and end by `until`, in order."""
    if not hosts:
        return []
    length = dt.timedelta(minutes=minutes)
    free = {host.member_id: stretches(host.hours, now, until) for host in hosts}
    offered = [_common(list(free.values()))] if needs_all else free.values()
    starts = sorted({start for some in offered for start in _starts(some, length) if start + length <= until})
    wanted = len(hosts) if needs_all else 1
    days = {host.member_id: Counter(_day(host.hours, talk) for talk in host.talks) for host in hosts}
    found = []
    for start in starts:
        slot = (start, start + length)
        able = tuple(
            host.member_id
            for host in hosts
            if start >= now + host.hours.notice
            and _is_within(slot, free[host.member_id])
            and days[host.member_id][_day(host.hours, start)] < host.hours.daily_cap
            and is_free(slot, host.hours, host.taken)
        )
        if len(able) >= wanted:
            found.append(Opening(*slot, able))
    return found


def is_free(slot: Stretch, hours: Hours, taken: Iterable[Taken]) -> bool:
    """Whether nothing lies in the slot, or so near to it that either would lose what is kept free around it."""
    kept = (slot[0] - hours.before, slot[1] + hours.after)
    return not any(_overlap(slot, other.kept) or _overlap(kept, other.stretch) for other in taken)


def stretches(hours: Hours, since: dt.datetime, until: dt.datetime) -> list[Stretch]:
    """The hours of every day from that of one moment to that of another, whole. What touches within a day is one."""
    zone = ZoneInfo(hours.zone)
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    found: list[Stretch] = []
    while day <= last:
        found += _merged(
            _converted(day, clock, zone) for clock in hours.overrides.get(day, hours.weekly.get(day.weekday(), ()))
        )
        day += dt.timedelta(days=1)
    return found


def _merged(some: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for start, end in sorted(some):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _converted(day: dt.date, clock: Clock, zone: ZoneInfo) -> Stretch:
    """Both ends in UTC. A clock time that comes twice, or not at all, is read so that nothing outside is offered."""
    starts, ends = clock
    last = day if ends > dt.time(0) else day + dt.timedelta(days=1)
    return max(_both(day, starts, zone)), min(_both(last, ends, zone))


def _both(day: dt.date, time: dt.time, zone: ZoneInfo) -> list[dt.datetime]:
    moment = dt.datetime.combine(day, time, zone)
    return [moment.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1)]


def _starts(some: Iterable[Stretch], length: dt.timedelta) -> Iterator[dt.datetime]:
    for start, end in some:
        while start + length <= end:
            yield start
            start += length


def _common(all_of: Collection[list[Stretch]]) -> list[Stretch]:
    common, *others = all_of
    for other in others:
        common = [(max(a, c), min(b, d)) for a, b in common for c, d in other if max(a, c) < min(b, d)]
    return common


def _is_within(slot: Stretch, some: Iterable[Stretch]) -> bool:
    return any(start <= slot[0] and slot[1] <= end for start, end in some)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _day(hours: Hours, moment: dt.datetime) -> dt.date:
    return moment.astimezone(ZoneInfo(hours.zone)).date()
