"""The body of a request on its way to the store."""

import asyncio
from contextlib import ExitStack, suppress
from enum import Enum

from starlette.types import Receive

from bothways.media.store import Store, Writer
from bothways.web.bytes.threads import Threads

from .checksums import Checksum
from .limits import Limits
from .turns import Turn


class Ending(Enum):
    """How a body ended. What arrived is kept, unless it was not what was promised."""

    WHOLE = "whole"
    CUT = "cut"
    TAKEN_OVER = "taken over"
    IDLE = "idle"
    CLOSED = "closed"
    CHANGED = "changed"
    TOO_LONG = "too long"

    @property
    def keeps(self) -> bool:
        return self not in (Ending.CHANGED, Ending.TOO_LONG)


class Part:
    """One body, written from `offset` on. All calls block."""

    def __init__(self, store: Store, key: str, closed_key: str, offset: int, checksum: Checksum | None) -> None:
        self._store = store
        self._key = key
        self._closed_key = closed_key
        self._offset = offset
        self._checksum = checksum
        self._open = ExitStack()
        self._writer: Writer | None = None

    def write(self, pieces: list[bytes]) -> None:
        """Some of it, more follows."""
        if self._checksum:
            self._checksum.add(pieces)
        if self._writer is None:
            self._writer = self._open.enter_context(self._store.write_at(self._key, self._offset))
        self._writer.write(*pieces)

    def end(self, pieces: list[bytes], ending: Ending) -> tuple[Ending, int]:
        """The last of it. Returns how it ended, checksum included, and how many bytes of the object are now durable."""
        if ending is Ending.WHOLE and self._checksum:
            self._checksum.add(pieces)
            if not self._checksum.is_right():
                ending = Ending.CHANGED
            self._checksum = None
        with self._open:
            if not ending.keeps:
                return ending, self._drop()
            self.write(pieces)
            assert self._writer is not None
            self._writer.sync()
            # Asked when all is durable: whoever closes marks first and counts then. So what is acknowledged counts.
            if self._store.size(self._closed_key) is not None:
                ending = Ending.CLOSED
            return ending, self._writer.offset

    def close(self) -> None:
        """After an error: let go of the object, whatever is in it."""
        self._open.close()

    def _drop(self) -> int:
        if self._writer is not None:
            self._open.close()
            with self._store.write_at(self._key, self._offset) as writer:
                writer.sync()
        return self._offset


async def receive(
    sender: Receive, turn: Turn[int], part: Part, *, room: int, limits: Limits, threads: Threads
) -> tuple[Ending, int]:
    """Take the body in and make it durable. Returns how it ended and the object's size.

    The pieces of the network are gathered, because each trip to a thread costs more than copying one of them.
    """
    pieces: list[bytes] = []
    arrived = written = 0
    ending: Ending | None = None
    try:
        with suppress(TimeoutError):
            async with turn.patience(limits.idle_s):
                while ending is None and not turn.is_over:
                    message = await turn.hear(sender)
                    if message["type"] == "http.disconnect":
                        ending = Ending.CUT
                        break
                    if body := message.get("body"):
                        pieces.append(body)
                        arrived += len(body)
                    if arrived > room:
                        ending = Ending.TOO_LONG
                    elif not message.get("more_body", False):
                        ending = Ending.WHOLE
                    elif arrived - written >= limits.gather_bytes and not turn.is_over:
                        await threads.run(part.write, pieces)
                        pieces, written = [], arrived
        if ending is None:
            ending = Ending.TAKEN_OVER if turn.is_lost else Ending.IDLE
        return await threads.run(part.end, pieces, ending)
    except asyncio.CancelledError:
        await threads.run(part.end, pieces, Ending.CUT)
        raise
    except BaseException:
        await threads.run(part.close)
        raise
