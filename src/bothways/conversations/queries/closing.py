"""Who is still in a position that is about to be closed."""

from dataclasses import dataclass

from bothways.conversations.queries.feedback import without_feedback
from bothways.interviews.models import UNFINISHED, Interview
from bothways.positions.models import Position
from bothways.review.queries.decisions import undecided


@dataclass(frozen=True, slots=True)
class Left:
    """`undecided` people sent answers and have no outcome; the `unfinished` are invited or still answering; the
    `unadvised` have had no feedback, approved or not."""

    undecided: int
    unfinished: list[Interview]
    unadvised: int


def left_in(position: Position) -> Left:
    """Three queries."""
    own = Interview.objects.filter(position=position, is_preview=False, state__in=UNFINISHED)
    return Left(
        undecided=undecided(position.organization_id).filter(position=position).count(),
        unfinished=list(own.select_related("organization").order_by("created_at", "id")),
        unadvised=without_feedback(position).count(),
    )
