"""What the protocol must know about an upload, and whom it asks."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from bothways.media.store import closed_key


@dataclass(frozen=True, slots=True)
class Grant:
    """What one bearer token allows: to fill one object of the store."""

    upload_id: str
    key: str
    max_bytes: int
    length: int | None
    """Bytes of the whole, `None` while the sender has not said it."""
    expires_at: dt.datetime
    completed: bool
    """All bytes arrived and were handed on: nothing more is written."""

    def is_expired(self, now: dt.datetime) -> bool:
        return not self.completed and now >= self.expires_at

    @property
    def closed_key(self) -> str:
        """Where a mark stands once the object was closed from elsewhere: a kept grant may be older than that."""
        return closed_key(self.key)

    @property
    def room(self) -> int:
        """How large the object may become."""
        return self.max_bytes if self.length is None else self.length


class LengthRefused(Exception):
    """The length was said before, and was another."""


class Gate(Protocol):
    """Who may send what. Answers come from the database, so every call may wait."""

    async def authorize(self, token: str, upload_id: str | None) -> Grant | None:
        """What the token allows, `None` if nothing. Without `upload_id` the sender asks which upload is theirs."""
        ...

    async def declare_length(self, grant: Grant, length: int) -> Grant:
        """Note how long the whole is; the same length again is no change.

        Raises:
            LengthRefused: another length was declared before.
        """
        ...

    async def finished(self, grant: Grant, size: int) -> None:
        """All `size` bytes are durable. May be told more than once."""
        ...

    async def terminated(self, grant: Grant) -> None:
        """The sender gives it up; whoever stands behind the gate removes the bytes. May be told more than once."""
        ...
