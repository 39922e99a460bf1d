"""What all answers of the upload server share: who is asking, whose turn it is, and whether the upload is whole."""

import datetime as dt
from collections.abc import Callable

from bothways.media.store import Store
from bothways.web.bytes.threads import Threads

from . import headers as read
from . import refusing
from .asked import Asked
from .gate import Gate, Grant
from .grants import Grants
from .limits import Limits, Pace
from .looks import Looks
from .turns import Taking, Turns


class Desk:
    """One for each process."""

    def __init__(self, *, store: Store, gate: Gate, turns: Turns, threads: Threads, limits: Limits) -> None:
        self.store = store
        self.gate = gate
        self.threads = threads
        self.limits = limits
        self.grants = Grants(gate, kept_s=limits.grant_kept_s)
        self._turns = turns
        self._looks = Looks(limits.look_again_s)
        self._pace = Pace(per_second=limits.bytes_per_second, burst=limits.burst_bytes)
        self._wrong_keys = Pace(per_second=limits.wrong_keys_per_second, burst=limits.wrong_keys_burst)

    async def admit(self, asked: Asked, upload_id: str | None, *, anew: bool = False) -> tuple[str, Grant]:
        """The token of the request and what it allows.

        Raises:
            Refusal: no token, one that does not open this, too many such, or too late.
        """
        token = read.bearer_token(asked.headers)
        if token is None:
            raise refusing.no_key()
        if wait := self._wrong_keys.wait(asked.sender):
            raise refusing.too_fast(wait)
        grant = await self.grants.authorize(token, upload_id, anew=anew)
        if grant is None:
            self._wrong_keys.charge(asked.sender, 1)
            raise refusing.unknown()
        if grant.is_expired(dt.datetime.now(dt.UTC)):
            raise refusing.expired()
        return token, grant

    def check_pace(self, grant: Grant) -> None:
        """Refuse to take more while too much of this upload came lately."""
        if wait := self._pace.wait(grant.upload_id):
            raise refusing.too_fast(wait)

    def charge(self, grant: Grant, size: int) -> None:
        """Count a request of `size` bytes against the upload's pace."""
        self._pace.charge(grant.upload_id, max(size, self.limits.request_cost))

    def turn(self, grant: Grant, size: Callable[[str], int | None]) -> Taking[int]:
        """Be the only one at this upload; `found` is what `size` of the store then says."""
        return self._turns.take(grant.upload_id, lambda: size(grant.key) or 0)

    async def hand_on_if_whole(self, token: str, grant: Grant, size: int) -> None:
        """Tell the gate when all bytes are here. Only for the holder of the turn.

        Where the length is not known, it may have been declared while these bytes were on their way, by somebody who
        did not see them yet. So the gate is asked once more soon after the last of them.
        """
        if grant.length is None:
            self._looks.soon(grant.upload_id, lambda: self._look_again(token, grant))
        elif grant.length == size and not grant.completed:
            await self.gate.finished(grant, size)
            await self.forget(token, grant)

    async def forget(self, token: str, grant: Grant) -> None:
        """The upload is over. Only for the holder of the turn."""
        self.grants.forget(token)
        await self.threads.run(self._turns.forget, grant.upload_id)

    async def _look_again(self, token: str, grant: Grant) -> None:
        now = await self.grants.authorize(token, grant.upload_id, anew=True)
        if now is None or now.completed or now.length is None:
            return
        size = await self.threads.run(self.store.durable_size, grant.key)
        if size == now.length:
            await self.gate.finished(now, size)
            self.grants.forget(token)
