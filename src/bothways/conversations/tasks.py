"""Background work of conversations: each job loads nothing and decides nothing, it calls a verb."""

from bothways.conversations.actions import promises
from bothways.work.registry import periodic


@periodic("conversations.watch_promises", minutes=5)
def watch_promises() -> None:
    promises.watch_promises()
