"""Whether several people may be invited at once. A room above may know what is against it: it says so here, where it
starts."""

from collections.abc import Callable

from bothways.interviews.queries.inviting import Obstacle, obstacle
from bothways.lib.errors import Refused
from bothways.positions.models import Stage

WhatHolds = Callable[[Stage], Obstacle | None]

_ASKED: dict[str, WhatHolds] = {}


def asked_before_a_batch(what_holds: WhatHolds) -> WhatHolds:
    """Let this function be asked each time that several people are about to be invited to a stage."""
    _ASKED[f"{what_holds.__module__}.{what_holds.__qualname__}"] = what_holds
    return what_holds


def batch_obstacle(stage: Stage) -> Obstacle | None:
    """The first thing against inviting several people at once: what is against inviting anybody, then the rest."""
    return obstacle(stage) or what_holds_a_batch(stage)


def require_batch(stage: Stage) -> None:
    """For verbs that have asked already whether anybody can be invited.

    Raises:
        Refused: with what holds several people back.
    """
    found = what_holds_a_batch(stage)
    if found is not None:
        raise Refused(found.code, found.words)


def what_holds_a_batch(stage: Stage) -> Obstacle | None:
    """What is against several people at once and not against a single one."""
    return next((found for ask in _ASKED.values() if (found := ask(stage)) is not None), None)
