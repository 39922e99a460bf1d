"""How loud each tenth of a second is: whether there is any sound, and where there is none."""

import math
from operator import mul

from bothways.media.measurement import SHORTEST_SILENCE_MS, Stretch
from bothways.media.steps.slicing import FULL_SCALE, Slices

PER_SECOND = 10

BELOW_LOUDNESS_DB = 30.0
"""So far below the whole recording's loudness is no voice, however soft, but may be a room."""

_SILENT_DBFS = -70.0
_LOWEST_DBFS = -100.0


class Levels:
    """Takes 16-bit samples of one channel."""

    def __init__(self) -> None:
        self._slices = Slices(PER_SECOND)
        self._dbfs: list[float] = []

    def take(self, samples: bytes) -> None:
        self._dbfs.extend(map(_level, self._slices.take(samples)))

    @property
    def loudest_dbfs(self) -> float | None:
        """Root mean square of the loudest tenth of a second, -100 at the least; None for no sound at all."""
        return max(self._dbfs, default=None)

    def silences(self, loudness_lufs: float | None, duration_ms: int) -> tuple[Stretch, ...]:
        """Stretches of `SHORTEST_SILENCE_MS` and longer; where sound ends before the picture, the rest is silent."""
        floor = math.inf if loudness_lufs is None else max(_SILENT_DBFS, loudness_lufs - BELOW_LOUDNESS_DB)
        step, ends = 1000 // PER_SECOND, [0]
        found: list[Stretch] = []
        for number, level in enumerate(self._dbfs):
            if level >= floor:
                found.append((ends[-1], number * step))
                ends.append((number + 1) * step)
        found.append((ends[-1], duration_ms))
        return tuple((start, end) for start, end in found if end - start >= SHORTEST_SILENCE_MS)


def _level(samples: memoryview) -> float:
    mean = sum(map(mul, samples, samples)) / len(samples)
    return round(max(_LOWEST_DBFS, 10 * math.log10(mean / FULL_SCALE**2)), 1) if mean else _LOWEST_DBFS
