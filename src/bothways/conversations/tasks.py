"""Background work of conversations: each job loads nothing and decides nothing, it calls a verb."""

from bothways.conversations.actions import clips, erasure, promises
from bothways.work.registry import periodic


@periodic("conversations.watch_promises", minutes=5)
def watch_promises() -> None:
    promises.watch_promises()


@periodic("conversations.clear_clips", minutes=6 * 60)
def clear_clips() -> None:
    clips.clear_unused()


@periodic("conversations.erase_due", minutes=6 * 60)
def erase_due() -> None:
    erasure.erase_due()
