"""One request at a time works on an upload, and the newest one goes first.

A phone that changes from Wi-Fi to mobile leaves a request behind that hangs for minutes. So whoever comes later takes
over: it writes its mark into the upload's turn file, the holder sees that and gives way, keeping what arrived. The turn
itself is a lock (`flock`) on that file, so that this works across the processes of a machine, and a killed process
holds nothing.
"""

import asyncio
import itertools
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Generic, TypeVar

from starlette.types import Message, Receive

from bothways.web.bytes.threads import Threads

from .claims import Claim

T = TypeVar("T")

LOOK_EVERY_S = 0.25
TRY_EVERY_S = 0.02


class TurnBusy(Exception):
    """The holder did not give way in time."""


class Turn(Generic[T]):
    """Held. `found` is what was looked up in the moment of getting it."""

    def __init__(self, claim: Claim, found: T) -> None:
        self.found = found
        self.is_lost = False
        """Somebody who came later waits for it."""
        self.is_idle = False
        """The sender fell silent for longer than the patience with it."""
        self._claim = claim
        self._loop = asyncio.get_running_loop()
        self._patience = asyncio.timeout(None)
        self._idle_s = float("inf")
        self._waiting_since: float | None = None
        self._watch = self._loop.call_later(LOOK_EVERY_S, self._look)

    @property
    def is_over(self) -> bool:
        return self.is_lost or self.is_idle

    def patience(self, idle_s: float) -> asyncio.Timeout:
        """A context for hearing the sender, ended by `TimeoutError` when the turn is over.

        Only `hear` is ever interrupted. Inside, look at `is_over` before waiting for anything else.
        """
        self._idle_s = idle_s
        return self._patience

    async def hear(self, receive: Receive) -> Message:
        """The next thing the sender says."""
        self._waiting_since = self._loop.time()
        try:
            return await receive()
        finally:
            self._waiting_since = None

    def lose(self) -> None:
        """Ask the holder to come to an end."""
        self.is_lost = True
        self._interrupt()

    def end(self) -> None:
        self._watch.cancel()
        self._claim.close()

    def _look(self) -> None:
        # 16 bytes that this or another process of the machine just wrote: from memory, no disk is waited for.
        if not self._claim.is_newest():
            self.lose()
            return
        if self._waiting_since is not None and self._loop.time() - self._waiting_since > self._idle_s:
            self.is_idle = True
            self._interrupt()
        self._watch = self._loop.call_later(LOOK_EVERY_S, self._look)

    def _interrupt(self) -> None:
        if self._waiting_since is not None and not self._patience.expired():
            self._patience.reschedule(0)


class Turns:
    """The turns of all uploads, with one small file each in `folder`, which all processes of the machine share."""

    def __init__(self, folder: Path, threads: Threads, *, patience_s: float) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._threads = threads
        self._patience_s = patience_s
        self._here: dict[str, Turn[Any]] = {}
        self._own_mark = secrets.token_bytes(8)
        self._marks = itertools.count()

    def take(self, upload_id: str, look: Callable[[], T]) -> "Taking[T]":
        """Hold the upload's turn for the time of an `async with`; `look` is called in a thread as soon as it is ours.

        Raises:
            ClaimLost: somebody who came even later is first.
            TurnBusy: the holder did not give way within the patience.
        """
        mark = self._own_mark + next(self._marks).to_bytes(8)
        return Taking(self, upload_id, Claim(f"{self._folder}/{upload_id}", mark), look)

    def forget(self, upload_id: str) -> None:
        """Remove the turn file of an upload that is over. Whoever waits for it starts with a new one."""
        (self._folder / upload_id).unlink(missing_ok=True)

    def tidy(self, older_than: float) -> None:
        """Remove the turn files of uploads that nobody asked about for so many seconds."""
        limit = time.time() - older_than
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    async def begin(self, upload_id: str, claim: Claim, look: Callable[[], T]) -> Turn[T]:
        if holder := self._here.get(upload_id):
            holder.lose()
        until = time.monotonic() + self._patience_s
        while not (found := await self._threads.run(_try_once, claim, look)):
            if time.monotonic() > until:
                raise TurnBusy
            await asyncio.sleep(TRY_EVERY_S)
        turn = self._here[upload_id] = Turn(claim, found[0])
        return turn

    def end(self, upload_id: str, turn: Turn[Any]) -> None:
        if self._here.get(upload_id) is turn:
            del self._here[upload_id]
        turn.end()


class Taking(Generic[T]):
    """The `async with` of a turn."""

    def __init__(self, turns: Turns, upload_id: str, claim: Claim, look: Callable[[], T]) -> None:
        self._turns = turns
        self._upload_id = upload_id
        self._claim = claim
        self._look = look
        self._turn: Turn[T] | None = None

    async def __aenter__(self) -> Turn[T]:
        try:
            self._turn = await self._turns.begin(self._upload_id, self._claim, self._look)
        except BaseException:
            self._claim.close()
            raise
        return self._turn

    async def __aexit__(self, *_: object) -> None:
        if self._turn is not None:
            self._turns.end(self._upload_id, self._turn)


def _try_once(claim: Claim, look: Callable[[], T]) -> tuple[T] | None:
    return (look(),) if claim.get() else None
