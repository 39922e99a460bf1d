"""How many people stand where. Counting a very long list takes longer than showing it, so its counts are kept."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from bothways.interviews.queries.people import count_by_state
from bothways.positions.models import Position
from bothways.work.actions.jobs import enqueue

MANY = 10_000
"""Positions with fewer people are counted on every look, which takes a few milliseconds."""

FRESH = dt.timedelta(minutes=1)
STALE = dt.timedelta(minutes=10)
"""Older counts than FRESH are shown while a job counts anew; older ones than STALE are not shown any more."""


@dataclass(frozen=True, slots=True)
class Counts:
    """People by state, every state being there, as they were at a moment."""

    by_state: dict[str, int]
    at: dt.datetime

    @property
    def total(self) -> int:
        return sum(self.by_state.values())


def people_counts(position: Position) -> Counts:
    """The counts to show: exact for a list of up to `MANY`, at most a little over a minute old for a longer one."""
    now = timezone.now()
    kept: Counts | None = cache.get(_key(position.id))
    if kept is None or kept.at < now - STALE:
        return _count(position)
    if kept.at < now - FRESH:
        enqueue(
            organization_id=position.organization_id,
            name="interviews.recount",
            key=f"position:{position.id}",
            payload={"position_id": str(position.id)},
        )
    return kept


def recount(position_id: uuid.UUID) -> None:
    """Count a position anew, as a job."""
    position = Position.objects.filter(id=position_id).first()
    if position is not None:
        _count(position)


def forget_counts(position: Position) -> None:
    """Let the next look count: somebody just changed the list and wants to see it."""
    cache.delete(_key(position.id))


def _count(position: Position) -> Counts:
    counts = Counts(count_by_state(position), timezone.now())
    if counts.total > MANY:
        cache.set(_key(position.id), counts, timeout=STALE.total_seconds())
    return counts


def _key(position_id: uuid.UUID) -> str:
    return f"people-counts:{position_id}"
