"""Recordings with real speech, noise, tones or nothing to hear, and pictures that show something or not."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.video.frame import VideoFrame

from tests.media.samples import FOLDER

RATE = 48_000
Sound = np.ndarray
"""Samples of one channel at `RATE`, from -1 to 1; what goes beyond is cut off, as a microphone does."""

PICTURES = ("bars", "black", "covered", "dim", "frozen")


def speech(seconds: float = 12.0, gain_db: float = 0.0) -> Sound:
    """A reading of “A Tale of Two Cities”, its first 12 s at -20 LUFS on two loudspeakers where no gain is given."""
    at_rest = 10 ** ((gain_db + 14.4) / 20)
    return heard(FOLDER / "speech-two-cities-44s.flac")[: round(seconds * RATE)] * at_rest


def heard(path: Path) -> Sound:
    """The sound of a file, its channels made one."""
    with av.open(str(path)) as container:
        resampler = AudioResampler(format="flt", layout="mono", rate=RATE)
        frames = [*container.decode(audio=0), None]
        return np.concatenate([part.to_ndarray()[0] for frame in frames for part in resampler.resample(frame)])


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), np.float32)


def tone(seconds: float, hertz: float = 440.0, amplitude: float = 0.5) -> Sound:
    return amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)


def noise(seconds: float, level_dbfs: float) -> Sound:
    """White, the same each time."""
    return 10 ** (level_dbfs / 20) * np.random.default_rng(4).normal(size=round(seconds * RATE))


def record(path: Path, sound: Sound | None, *, picture: str | None = "bars", seconds: float | None = None) -> Path:
    """A WebM as a browser writes it: VP8 at 10 pictures a second and Opus. `picture` is one of PICTURES."""
    length = seconds if seconds is not None else len(sound) / RATE
    with av.open(str(path), "w", format="webm", options={"live": "1"}) as out:
        film = voice = None
        if picture:
            film = out.add_stream("libvpx", rate=10, width=160, height=90, pix_fmt="yuv420p")
            film.codec_context.gop_size, film.codec_context.thread_count = 10, 1
            film.options = {"deadline": "realtime", "cpu-used": "8", "auto-alt-ref": "0", "lag-in-frames": "0"}
        if sound is not None:
            voice = out.add_stream("libopus", rate=RATE, layout="mono", options={"b": "64k"})
        for number in range(round(length * 10)):
            if film:
                out.mux(film.encode(_picture(picture, number)))
            if voice:
                for frame in _frames(sound, number):
                    out.mux(voice.encode(frame))
        for stream in filter(None, (film, voice)):
            out.mux(stream.encode(None))
    return path


def _picture(kind: str, number: int) -> VideoFrame:
    grays = np.zeros((90, 160), np.uint8)
    if kind == "covered":
        grays[:] = np.clip(np.random.default_rng(number).normal(8, 6, grays.shape), 0, 255)
    elif kind == "dim":
        grays[:] = 6
        grays[25:65, 60:100] = 40 + number % 8
    elif kind != "black":
        grays[:] = 60 + (np.arange(160) * 4 + (0 if kind == "frozen" else number * 8)) % 180
    frame = VideoFrame.from_ndarray(grays, "gray").reformat(format="yuv420p", threads=1)
    frame.pts, frame.time_base = number, Fraction(1, 10)
    return frame


def _frames(sound: Sound, tenth: int) -> list[AudioFrame]:
    """The five frames of 20 ms in a tenth of a second."""
    frames = []
    for start in range(tenth * RATE // 10, min(len(sound), (tenth + 1) * RATE // 10), 960):
        samples = np.clip(sound[start : start + 960], -1, 1) * 32_767
        frame = AudioFrame.from_ndarray(samples.astype(np.int16)[None, :], format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), start
        frames.append(frame)
    return frames
