"""What every store can do.

All calls block; code that runs on an event loop makes them in a thread. All of them raise `UnsafeKey` for a key that is
not ours and `StoreFull` when there is no room. "Durable" means that it outlives a killed process and a power cut.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class StoreError(Exception):
    """The store could not do it."""


class StoreFull(StoreError):
    """There is no room left. What was durable before the call still is."""


class NoSuchObject(StoreError):
    """Nothing stands under this key."""


class OffsetBeyondEnd(StoreError):
    """Writing there would leave a hole: the object is shorter than the offset."""


class Writer(Protocol):
    """Open for writing at one place, going forward."""

    offset: int
    """Where the next byte goes. After an error it is not to be trusted: ask the store for the size."""

    def write(self, *parts: bytes) -> None:
        """Write the parts one after another. They are readable, but not durable yet."""
        ...

    def sync(self) -> None:
        """Return only when all that was written is durable."""
        ...


class Store(Protocol):
    """Objects by key. One object is written by one writer at a time: who may write is decided above the store."""

    def size(self, key: str) -> int | None:
        """Bytes in the object, `None` where there is none."""
        ...

    def durable_size(self, key: str) -> int | None:
        """Like `size`, after making all that stands there durable: a killed process may have left bytes in doubt."""
        ...

    def write_at(self, key: str, offset: int) -> AbstractContextManager[Writer]:
        """Open to write from `offset` on, and cut off what stood after it. Offset 0 makes a new object.

        Raises:
            OffsetBeyondEnd: the object has fewer bytes than `offset`.
        """
        ...

    def put_file(self, key: str, path: Path) -> int:
        """Copy a whole file in, at once: readers see all of it or what was there before. Durable. Returns its size."""
        ...

    def local_path(self, key: str) -> AbstractContextManager[Path]:
        """A path to read the object from while the context is open. Never write to it.

        Raises:
            NoSuchObject: nothing stands under this key.
        """
        ...

    def open_range(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to but not including `end`, in pieces of at most `PIECE_BYTES`.

        Raises:
            NoSuchObject: nothing stands under this key. It is raised by the call, not by the first piece.
        """
        ...

    def delete(self, key: str) -> bool:
        """Remove the object, durably. True where there was one."""
        ...

    def tidy(self, older_than: float) -> int:
        """Remove what killed copies left behind more than `older_than` seconds ago. Returns how many there were."""
        ...

    def free_bytes(self) -> int | None:
        """Room left for objects, `None` where there is no such limit."""
        ...


PIECE_BYTES = 256 * 1024
