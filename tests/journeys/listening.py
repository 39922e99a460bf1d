"""Is what the server holds the speech that was spoken into the microphone?"""

import contextlib
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

STEP_S = 0.02


def decoded(path: Path) -> tuple[int, NDArray[np.float32]]:
    """Decodes the whole file. How many pictures there are, and the sound as one channel at 16 kHz."""
    with av.open(str(path)) as media:
        pictures = sum(1 for _ in media.decode(video=0)) if media.streams.video else 0
    with av.open(str(path)) as media:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=16_000)
        frames = [out for frame in media.decode(audio=0) for out in resampler.resample(frame)]
    return pictures, np.concatenate([frame.to_ndarray()[0] for frame in frames])


def sound_in_time(path: Path) -> NDArray[np.float32]:
    """The sound as one channel at 16 kHz, each sample where a player plays it: silence where there is no sound."""
    line = np.zeros(0, np.float32)
    with av.open(str(path)) as media:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=16_000)
        for frame in media.decode(audio=0):
            heard = np.concatenate([part.to_ndarray()[0] for part in resampler.resample(frame)])
            begins = max(round(frame.time * 16_000), 0)
            line = np.concatenate([line[:begins], np.zeros(max(begins - len(line), 0), np.float32), heard])
    return line


def sound_before_damage(path: Path) -> NDArray[np.float32]:
    """The sound up to the first packet that is none: WebKitGTK 2.50 writes other bytes of the file behind the last."""
    samples = []
    with av.open(str(path)) as media, contextlib.suppress(av.error.InvalidDataError):
        resampler = av.AudioResampler(format="flt", layout="mono", rate=16_000)
        for frame in media.decode(audio=0):
            samples += [out.to_ndarray()[0] for out in resampler.resample(frame)]
    return np.concatenate(samples)


def likeness(heard: NDArray[np.float32], spoken: NDArray[np.float32]) -> float:
    """The best correlation of the loudness over time with any stretch of what was spoken, which repeats itself."""
    short, long = _loudness(heard), np.tile(_loudness(spoken), 2)
    short = short - short.mean()
    best = 0.0
    for start in range(len(long) - len(short)):
        stretch = long[start : start + len(short)]
        stretch = stretch - stretch.mean()
        size = float(np.linalg.norm(short) * np.linalg.norm(stretch))
        best = max(best, float(short @ stretch) / size if size else 0.0)
    return best


def _loudness(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    step = int(16_000 * STEP_S)
    blocks = sound[: len(sound) // step * step].reshape(-1, step)
    return np.sqrt((blocks**2).mean(axis=1))
