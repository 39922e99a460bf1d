"""How much one socket may send."""

import time
from collections.abc import Callable

LARGEST = 64 * 1024
"""Characters of one message. A description of a connection has a few thousand."""


class Bucket:
    """So many at once, and so many more a second."""

    def __init__(self, size: int, per_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._per_s, self._clock = size, per_s, clock
        self._left, self._at = float(size), clock()

    def take(self, many: float = 1) -> bool:
        """Take so many, if they are there."""
        now = self._clock()
        self._left = min(self._size, self._left + (now - self._at) * self._per_s)
        self._at = now
        if self._left < many:
            return False
        self._left -= many
        return True


def all_messages() -> Bucket:
    """Connecting to five people takes some hundred messages within a second or two."""
    return Bucket(300, 50)


def kept_messages() -> Bucket:
    """Those that write to the database."""
    return Bucket(20, 2)
