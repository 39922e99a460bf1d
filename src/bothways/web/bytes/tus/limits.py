"""How much one sender may ask of the server."""

import time
from collections import OrderedDict
from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    upload_bytes: int = 1024 * MB
    """Advertised as `Tus-Max-Size`; a grant may allow less."""
    part_bytes: int = 64 * MB
    """Largest body of one request."""
    gather_bytes: int = 1 * MB
    """Kept in memory before they go to the store. No request holds more than this and one piece of the network."""
    bytes_per_second: int = 64 * MB
    """Per upload, in the long run."""
    burst_bytes: int = 512 * MB
    """Per upload, at once."""
    request_cost: int = 64 * 1024
    """A request counts as at least so many bytes: tiny parts cost as much as this to make durable."""
    idle_s: float = 60.0
    """A sender who says nothing for so long is let go; what arrived is kept."""
    patience_s: float = 15.0
    """How long a request waits for an earlier one on the same upload to give way."""
    grant_kept_s: float = 3.0
    """How long an answer of the gate may be used again."""
    look_again_s: float = 0.2
    """After a part of an upload of unknown length: how soon the gate is asked whether it is known now."""
    wrong_keys_burst: int = 30
    wrong_keys_per_second: float = 0.5
    """Per address of a sender: tokens that open nothing."""


class Pace:
    """A token bucket per name: `burst` at once, `per_second` in the long run. Names not seen for long are forgotten."""

    def __init__(self, *, per_second: float, burst: float, names: int = 10_000) -> None:
        self._per_second = per_second
        self._burst = burst
        self._names = names
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str) -> float:
        """Seconds until this name may go on, 0 for now."""
        level, _ = self._level(name)
        return 0.0 if level >= 1 else (1 - level) / self._per_second

    def charge(self, name: str, cost: float) -> None:
        """Take `cost` from the bucket, which may fall below zero."""
        level, now = self._level(name)
        self._levels[name] = (level - cost, now)
        self._levels.move_to_end(name)
        if len(self._levels) > self._names:
            self._levels.popitem(last=False)

    def _level(self, name: str) -> tuple[float, float]:
        now = time.monotonic()
        level, at = self._levels.get(name, (self._burst, now))
        return min(self._burst, level + (now - at) * self._per_second), now
