"""Reading positions."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from bothways.accounts.models import Organization
from bothways.positions.models import Position, PositionState, Stage
from bothways.positions.queries.stages import with_reviewers


@dataclass(frozen=True, slots=True)
class PositionCounts:
    open: int
    closed: int


def positions_of(organization: Organization, state: str, search: str = "") -> QuerySet[Position]:
    """Positions in a state, the newest first, with their steps and reviewers; with `search`, those that have every
    word of it in title or place. Four queries, however many positions.
    """
    stages = Stage.objects.select_related("kit").prefetch_related(with_reviewers()).order_by("place")
    found = (
        Position.objects.filter(organization=organization, state=state)
        .select_related("replies_by__user")
        .prefetch_related(Prefetch("stages", stages))
    )
    for word in search.split():
        found = found.filter(Q(title__icontains=word) | Q(place__icontains=word))
    return found.order_by("-created_at", "-id")


def count_positions(organization: Organization) -> PositionCounts:
    """How many positions are open and how many are closed, in one query."""
    counted = Position.objects.filter(organization=organization).aggregate(
        open=Count("id", filter=Q(state=PositionState.OPEN)), closed=Count("id", filter=Q(state=PositionState.CLOSED))
    )
    return PositionCounts(**counted)
