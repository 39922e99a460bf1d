"""How late each side is shown and heard in a recording that was put together, measured by its content."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from tests.journeys.talk_sides import SOUND_RATE, Given, Sound, number_in

WINDOW_S, STEP_S = 1.0, 0.25
"""Sound is compared in windows of this length, one each step."""
WIDEST_S = 1.5
"""So far off something is looked for. A picture that is farther off was not noted in the page."""
QUIET = 0.01
ALIKE = 0.6
Late = list[tuple[float, float]]
"""Seconds of the recording, and how much later than at that moment of the talk what is there happened: in seconds,
more than 0 where it is shown too late."""


@dataclass(frozen=True)
class Recorded:
    """`starts_s` is since 1970 by the server; `stretches` are milliseconds since then that stand one after another."""

    path: Path
    starts_s: float
    stretches: Sequence[Sequence[float]]

    def moment_s(self, second: float) -> float:
        """What moment of the machine's clock is at this second of the recording."""
        to_machine = time.monotonic() - time.time()
        for begin, end in self.stretches:
            lasts = (end - begin) / 1000
            if second < lasts:
                return self.starts_s + begin / 1000 + second + to_machine
            second -= lasts
        return self.starts_s + self.stretches[-1][1] / 1000 + second + to_machine


def late_pictures(recorded: Recorded, tile: int, tiles: int, side: Given) -> Late:
    """Each picture when it is first shown: until the next one comes it only grows older."""
    found: Late = []
    before = None
    for second, number in _numbers(recorded.path, tile, tiles):
        if number is None or number == before:
            continue
        is_first, before = before is None, number
        moment = recorded.moment_s(second)
        late = moment - side.taken_s(number, moment)
        if not is_first and abs(late) < WIDEST_S:
            found.append((second, late))
    return found


def _numbers(path: Path, tile: int, tiles: int) -> Iterator[tuple[float, int | None]]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            gray = frame.to_ndarray(format="gray")
            width = gray.shape[1] // tiles
            yield float(frame.pts * frame.time_base), number_in(gray[:, tile * width : (tile + 1) * width])


def late_sound(recorded: Recorded, channel: int, side: Given) -> Late:
    """Where somebody speaks, by the likeness with what the microphone gave."""
    found: Late = []
    line = _channel(recorded.path, channel)
    for first in range(0, len(line) - round(WINDOW_S * SOUND_RATE), round(STEP_S * SOUND_RATE)):
        heard = line[first : first + round(WINDOW_S * SOUND_RATE)]
        if np.sqrt((heard**2).mean()) < QUIET:
            continue
        second = first / SOUND_RATE
        around = side.heard(recorded.moment_s(second) - WIDEST_S, WINDOW_S + 2 * WIDEST_S)
        likeness = _likeness(around, heard)
        if likeness.max(initial=0) > ALIKE:
            found.append((second, WIDEST_S - int(likeness.argmax()) / SOUND_RATE))
    return found


def _channel(path: Path, channel: int) -> Sound:
    """One channel at SOUND_RATE."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SOUND_RATE)
        frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
    return np.concatenate([frame.to_ndarray()[channel] for frame in frames])


def _likeness(around: Sound, heard: Sound) -> Sound:
    """The correlation with what stands from each sample on, -1 to 1."""
    if len(around) < len(heard):
        return np.zeros(0, np.float32)
    size = 1 << (len(around) + len(heard)).bit_length()
    product = np.fft.irfft(np.fft.rfft(around, size) * np.conj(np.fft.rfft(heard, size)), size)
    product = product[: len(around) - len(heard) + 1]
    squares = np.concatenate([[0], np.cumsum(around.astype(np.float64) ** 2)])
    energy = np.sqrt(np.maximum(squares[len(heard) :] - squares[: -len(heard)], 1e-9))
    return product / (energy * np.linalg.norm(heard) + 1e-9)


def apart(one: Late, other: Late) -> list[float]:
    """For each of the first, how much later in ms it is than the nearest of the other."""
    seconds = np.array([second for second, _ in other])
    return [1000 * (late - other[int(abs(seconds - second).argmin())][1]) for second, late in one]
