"""Clips as browsers would have recorded them: a drawn person who reads a public-domain text aloud."""

from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from bothways.config.demo.drawing import HEIGHT, WIDTH
from bothways.config.demo.pictures import MOUTHS, PEOPLE

FRAMES_PER_SECOND = Fraction(25, 2)
_SPEECH = Path(__file__).parent / "speech"
_RATE = 16_000
_SAMPLES_PER_FRAME = int(_RATE / FRAMES_PER_SECOND)
# Each part begins at another sentence; seconds into the readings, which follow one another.
_PARTS = (0.3, 27.6, 10.5, 43.2, 33.0, 55.2)
_LOUDEST = 0.7

_PICTURE = {
    "webm": (
        "libvpx",
        {"deadline": "realtime", "cpu-used": "16", "static-thresh": "100", "auto-alt-ref": "0", "lag-in-frames": "0"},
    ),
    "mp4": ("libx264", {"preset": "ultrafast", "tune": "zerolatency", "profile": "baseline"}),
}
_SOUND = {"application": "voip", "compression_level": "2"}
_CONTAINER = {"webm": {"live": "1"}, "mp4": {"movflags": "frag_keyframe+empty_moov+default_base_moof"}}


def make_clip(folder: Path, person: str, seconds: float, part: int, container: str) -> Path:
    """Write a clip of `person` (a key of PEOPLE) into `folder` and return its path.

    `part` chooses what is read, `container` is "webm" (VP8, Opus) or "mp4" (H.264, Opus, in fragments). Neither has an
    index or a length in its header: the file is what a recorder leaves, for the media steps to finish.
    """
    target = folder / f"{person}-{part}.{container}"
    voice = _voice(PEOPLE[person].pitch, part, seconds)
    codec, options = _PICTURE[container]
    with av.open(str(target), "w", format=container, options=_CONTAINER[container]) as out:
        track = out.add_stream(codec, rate=FRAMES_PER_SECOND, width=WIDTH, height=HEIGHT, pix_fmt="yuv420p")
        track.options = options
        track.bit_rate = 600_000
        track.codec_context.gop_size = round(4 * FRAMES_PER_SECOND)
        track.codec_context.thread_count = 1
        sound = out.add_stream("libopus", rate=_RATE, layout="mono", options=_SOUND)
        sound.bit_rate = 32_000
        for number, mouth in enumerate(_mouths(voice)):
            picture = _picture(person, mouth, _blinks(person, number), _sway(person, number))
            picture.pts, picture.time_base = number, 1 / FRAMES_PER_SECOND
            out.mux(track.encode(picture))
            out.mux(sound.encode(_sound(voice, number * _SAMPLES_PER_FRAME)))
        out.mux([*track.encode(None), *sound.encode(None)])
    return target


@cache
def _readings() -> NDArray[np.float32]:
    """All that is read, one after the other: mono, _RATE a second, between -1 and 1."""
    pieces = []
    for file in sorted(_SPEECH.glob("*.opus")):
        resampler = av.AudioResampler(format="flt", layout="mono", rate=_RATE)
        with av.open(str(file)) as container:
            frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        reading = np.concatenate([np.frombuffer(frame.planes[0], np.float32, frame.samples) for frame in frames])
        pieces.append(reading * (_LOUDEST / np.abs(reading).max()))
    return np.concatenate(pieces)


def _voice(pitch: float, part: int, seconds: float) -> NDArray[np.float32]:
    """The part's words in a voice of that pitch, _RATE a second; after the last word it begins anew."""
    readings = _readings()
    wanted = _PARTS[part % len(_PARTS)] * _RATE + np.arange(round(seconds * _RATE)) * pitch
    before = wanted.astype(np.int64)
    share = (wanted - before).astype(np.float32)
    return readings.take(before, mode="wrap") * (1 - share) + readings.take(before + 1, mode="wrap") * share


def _mouths(voice: NDArray[np.float32]) -> list[int]:
    """How far the mouth is open in each frame, by how loud the voice is meanwhile."""
    count = len(voice) // _SAMPLES_PER_FRAME
    frames = voice[: count * _SAMPLES_PER_FRAME].reshape(count, _SAMPLES_PER_FRAME)
    loudness = np.sqrt((frames**2).mean(axis=1))
    openness = (loudness / np.percentile(loudness, 95)) ** 0.7 * MOUTHS - 0.6
    return [int(level) for level in np.clip(openness, 0, MOUTHS - 1)]


def _blinks(person: str, number: int) -> bool:
    return (number + 7 * len(person)) % 41 < 2


def _sway(person: str, number: int) -> tuple[int, int]:
    """People who talk do not keep quite still."""
    at = float(number / FRAMES_PER_SECOND) + len(person)
    return round(1.4 * np.sin(at * 1.1) + 0.8 * np.sin(at * 0.43)), round(1.2 * np.sin(at * 1.7))


@cache
def _picture(person: str, mouth: int, blinking: bool, sway: tuple[int, int]) -> VideoFrame:
    drawn = VideoFrame.from_ndarray(PEOPLE[person].frame(mouth, blinking, sway), "rgb24")
    return drawn.reformat(format="yuv420p", threads=1)


def _sound(voice: NDArray[np.float32], at: int) -> AudioFrame:
    samples = (voice[at : at + _SAMPLES_PER_FRAME] * 32767).astype(np.int16)
    frame = AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
    frame.sample_rate, frame.time_base, frame.pts = _RATE, Fraction(1, _RATE), at
    return frame
