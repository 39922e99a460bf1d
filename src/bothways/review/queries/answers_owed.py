"""Who still waits for an answer from the team. A room above knows: it says so here, where it starts."""

import uuid
from collections.abc import Callable, Collection

from django.utils.translation import gettext as _

WhoWaits = Callable[[Collection[uuid.UUID]], set[uuid.UUID]]
"""Of some interviews, by id, those whose candidate waits for an answer."""

_ASKED: dict[str, WhoWaits] = {}


def asked_before_declining(who_waits: WhoWaits) -> WhoWaits:
    """Let this function be asked each time that somebody is about to be declined, with the interview held."""
    _ASKED[f"{who_waits.__module__}.{who_waits.__qualname__}"] = who_waits
    return who_waits


def owed_an_answer(interviews: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of some interviews whose candidate asked something that nobody has answered yet. One query."""
    return {waiting for who_waits in _ASKED.values() for waiting in who_waits(interviews)}


def unanswered_words() -> str:
    """The rule in a sentence, for whoever wants to decline."""
    return _("This person has asked a question that nobody has answered. Answer it first, then decline.")
