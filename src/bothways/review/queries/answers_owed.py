"""Who still waits for the team before they can be declined. A room above knows: it says so here, where it starts."""

import uuid
from collections.abc import Callable, Collection

WhoWaits = Callable[[Collection[uuid.UUID]], set[uuid.UUID]]
"""Of some interviews, by id, those whose candidate waits."""

_ASKED: dict[str, tuple[WhoWaits, Callable[[], str]]] = {}


def asked_before_declining(who_waits: WhoWaits, words: Callable[[], str]) -> None:
    """Let this function be asked each time that somebody is about to be declined, with the interview held. `words` is
    the rule in a sentence, for whoever wants to decline."""
    _ASKED[f"{who_waits.__module__}.{who_waits.__qualname__}"] = who_waits, words


def owed_an_answer(interviews: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Those of some interviews whose candidate waits for the team, with the first rule that says so. One query for each
    rule."""
    waiting: dict[uuid.UUID, str] = {}
    for who_waits, words in _ASKED.values():
        waiting = {**dict.fromkeys(who_waits(interviews), words()), **waiting}
    return waiting
