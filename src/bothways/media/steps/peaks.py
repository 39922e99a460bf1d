"""How loud a recording is over time, as it is drawn behind the player's timeline."""

import json
from pathlib import Path

from bothways.media.steps.slicing import FULL_SCALE, Slices

PER_SECOND = 20


class Peaks:
    """The largest amplitude of each slice of 16-bit samples of one channel, linear, 0 to 100."""

    def __init__(self) -> None:
        self._slices = Slices(PER_SECOND)
        self._peaks: list[int] = []

    def take(self, samples: bytes) -> None:
        self._peaks.extend(map(_loudest, self._slices.take(samples)))

    def write(self, target: Path) -> None:
        """JSON: {"per_second": 20, "peaks": [0–100, …]}."""
        self._peaks.extend(map(_loudest, self._slices.rest()))
        target.write_text(json.dumps({"per_second": PER_SECOND, "peaks": self._peaks}, separators=(",", ":")))


def _loudest(samples: memoryview) -> int:
    return min(100, round(100 * max(max(samples), -min(samples)) / FULL_SCALE))
