"""When the server was away: the gaps between the stretches in which it said that it runs."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from bothways.work.models import ServerPart, Uptime

LEAST = dt.timedelta(minutes=5)
"""A shorter absence is a restart: whoever records meanwhile goes on without noticing."""


@dataclass(frozen=True, slots=True)
class Outage:
    """`part` of the server was away from `start` to `end`."""

    part: str
    start: dt.datetime
    end: dt.datetime

    @property
    def length(self) -> dt.timedelta:
        return self.end - self.start


def outages(since: dt.datetime) -> list[Outage]:
    """Those that ended after `since`, the newest first. One that goes on is none yet: nobody can tell it."""
    found = []
    for part in ServerPart.values:
        stretches = Uptime.objects.filter(part=part).order_by("started_at")
        for before, after in pairwise(stretches):
            if after.started_at > since and after.started_at - before.last_at >= LEAST:
                found.append(Outage(part, before.last_at, after.started_at))
    return sorted(found, key=lambda outage: outage.end, reverse=True)
