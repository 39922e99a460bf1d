"""Samples come in pieces of any size; what looks at them wants pieces of one."""

from collections.abc import Iterator

RATE = 16_000
FULL_SCALE = 32_768


class Slices:
    """Cuts 16-bit samples of one channel, `RATE` a second, into slices of equal length."""

    def __init__(self, per_second: float) -> None:
        self._bytes = 2 * round(RATE / per_second)
        self._waiting = b""

    def take(self, samples: bytes) -> Iterator[memoryview]:
        """The slices that these complete, as whole numbers from -32768 to 32767."""
        data = self._waiting + samples
        whole = len(data) // self._bytes * self._bytes
        self._waiting = data[whole:]
        for start in range(0, whole, self._bytes):
            yield memoryview(data)[start : start + self._bytes].cast("h")

    def rest(self) -> Iterator[memoryview]:
        """What no slice was completed with, if anything."""
        if self._waiting:
            yield memoryview(self._waiting).cast("h")
