"""Real speech whose words are known, as a browser's codec leaves it, and how far what was heard is from it."""

import re
import wave
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from bothways.media.utterances import Utterance
from tests.media.samples import FOLDER

RATE = 16_000
BROWSERS_RATE = 48_000
AUSTEN, CITIES = "speech-austen-librivox-27s", "speech-two-cities-44s"
Sound = NDArray[np.float32]


def speech(name: str) -> Sound:
    """A clip, RATE samples a second, between -1 and 1."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(str(FOLDER / f"{name}.flac")) as clip:
        frames = [part for frame in clip.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate([np.frombuffer(frame.planes[0], np.float32, frame.samples) for frame in frames])


def words_said(name: str) -> list[str]:
    return plain((FOLDER / f"{name}.txt").read_text())


def words_heard(utterances: Sequence[Utterance]) -> list[str]:
    return plain(" ".join(utterance.text for utterance in utterances))


def plain(text: str) -> list[str]:
    """Words as both sides write them: no capitals, no marks, hyphens as spaces, titles written out."""
    return re.findall(r"[a-z0-9']+", text.lower().replace("mr.", "mister").replace("-", " "))


def error_rate(said: Sequence[str], heard: Sequence[str]) -> float:
    """Words put in, left out or changed, for each word said (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        before, row[0] = row[0], number
        for at, other in enumerate(heard, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (word != other))
    return row[-1] / len(said)


def first_sound(sound: Sound) -> int:
    """The first sample of the first 50 ms that are louder than a quarter of the loudest: breath and clicks are less."""
    lasts = RATE // 20
    loudness = [float((sound[at : at + lasts] ** 2).mean() ** 0.5) for at in range(0, len(sound) - lasts, lasts)]
    return next(number * lasts for number, level in enumerate(loudness) if level > max(loudness) / 4)


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), np.float32)


def tone(seconds: float, hertz: float = 440) -> Sound:
    return (0.3 * np.sin(np.arange(round(seconds * RATE)) * 2 * np.pi * hertz / RATE)).astype(np.float32)


def noisy(sound: Sound, decibels: float) -> Sound:
    """With white noise so many decibels below the speech."""
    noise = np.random.default_rng(4).standard_normal(len(sound)).astype(np.float32)
    loudness = np.sqrt((sound**2).mean())
    return sound + noise * loudness * 10 ** (-decibels / 20)


def as_recorded(path: Path, sound: Sound) -> Path:
    """Opus in WebM without an index, as MediaRecorder writes it; 64 kbit/s."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=BROWSERS_RATE, frame_size=960)
    samples = (np.clip(sound, -1, 1) * 32767).astype(np.int16)
    frame = AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), 0
    with av.open(str(path), "w", format="webm", options={"live": "1", "cluster_time_limit": "1000"}) as out:
        track = out.add_stream("libopus", rate=BROWSERS_RATE, layout="mono")
        track.bit_rate = 64_000
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(track.encode(part))
        out.mux(track.encode(None))
    return path


def as_wav(path: Path, sound: Sound) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype(np.int16).tobytes())
    return path


def read_wav(path: Path) -> NDArray[np.int16]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)
