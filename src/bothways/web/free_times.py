"""Free times as pages show them: by day, in the zone of whoever reads."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.lib.zones import zone_words
from bothways.live.models import LiveRules, Slot
from bothways.live.openings import Opening
from bothways.live.queries.openings import Offer, hosts_of, offer

DAYS_SHOWN = 5
"""The rest stands behind one press."""


@dataclass(frozen=True, slots=True)
class Time:
    """One button. `there` is the time on the clock of who hosts it, where that is another; else empty."""

    value: str
    starts_at: dt.datetime
    there: str


@dataclass(frozen=True, slots=True)
class Day:
    day: dt.date
    times: list[Time]


@dataclass(frozen=True, slots=True)
class Times:
    """`hosts` are those of the stage, `near` and `later` the days with free times."""

    rules: LiveRules
    hosts: list[Member]
    near: list[Day]
    later: list[Day]


def times_for(interview: Interview, *, apart_from: Slot | None = None) -> Times:
    """The free times by day, in the zone of the page. Eight queries."""
    found = offer(interview, apart_from=apart_from)
    days = list(_by_day(found))
    return Times(found.rules, hosts_of(interview.stage), days[:DAYS_SHOWN], days[DAYS_SHOWN:])


def picked_time(text: str) -> dt.datetime | None:
    """What a button sent; None for anything else."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(dt.UTC) if moment.tzinfo else None


def _by_day(found: Offer) -> Iterable[Day]:
    zones = {own.member_id: own.time_zone for own in found.hours}

    def day_of(opening: Opening) -> dt.date:
        return timezone.localtime(opening.starts_at).date()

    for day, some in groupby(found.openings, day_of):
        yield Day(day, [_time(opening, zones[opening.hosts[0]]) for opening in some])


def _time(opening: Opening, zone: str) -> Time:
    here, there = timezone.localtime(opening.starts_at), opening.starts_at.astimezone(ZoneInfo(zone))
    words = ""
    if here.utcoffset() != there.utcoffset():
        words = f"{date_format(there, 'H:i')} {zone_words(zone, get_language() or 'en')}"
    return Time(opening.starts_at.isoformat(), opening.starts_at, words)
