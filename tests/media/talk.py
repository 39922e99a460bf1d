"""A talk whose every moment can be read from what was recorded of it.

Each side shows the talk's time in milliseconds as a barcode and beeps with each even second of it. So two sides that
were put together show, in every picture, how far apart they are.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame

BITS = 18
"""As many bars as there are bits, the highest first: 262 s."""
SIZE = (360, 180)
BAR = SIZE[0] // BITS
RATE = 48_000
BEEP_EVERY = 2.0
BEEP_LASTS = 0.1


def make_side(
    path: Path,
    *,
    starts: float,
    seconds: float,
    rate_ppm: float = 0.0,
    pitch: int = 880,
    frames: int = 20,
    picture: bool = True,
    size: tuple[int, int] = SIZE,
) -> Path:
    """What a device records that begins at `starts` of the talk; `seconds` are its own, by its own clock."""
    pace = 1 / (1 + rate_ppm / 1_000_000)
    options = {"live": "1"} if path.suffix == ".webm" else {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
    form = path.suffix[1:]
    with av.open(str(path), "w", format=form, options=options) as out:
        voice = out.add_stream("libopus", rate=RATE, layout="mono")
        track = None
        if picture:
            track = out.add_stream(
                "libvpx" if form == "webm" else "libx264", rate=frames, width=size[0], height=size[1], pix_fmt="yuv420p"
            )
            track.codec_context.gop_size = frames * 3
            track.options = (
                {"deadline": "realtime", "cpu-used": "-8", "lag-in-frames": "0", "auto-alt-ref": "0"}
                if form == "webm"
                else {"preset": "ultrafast", "tune": "zerolatency", "threads": "1"}
            )
        for second in range(math.ceil(seconds)):
            part = min(1.0, seconds - second)
            for number in range(round(second * frames), round((second + part) * frames)) if track else ():
                frame = _barcode(starts + number / frames * pace, size)
                frame.pts, frame.time_base = number, Fraction(1, frames)
                out.mux(track.encode(frame))
            for first in range(round(second * RATE), round((second + part) * RATE), 960):
                out.mux(voice.encode(_beeps(first, starts, pace, pitch)))
        for stream in (voice, track):
            if stream:
                out.mux(stream.encode(None))
    return path


def _barcode(moment: float, size: tuple[int, int]) -> VideoFrame:
    ms = round(moment * 1000)
    bits = [(ms >> bit) & 1 for bit in reversed(range(BITS))]
    width, height = size
    line = np.repeat(np.array([235 if bit else 16 for bit in bits], np.uint8), width // BITS)
    planes = [np.tile(line, (height, 1)), np.full((height // 2, width), 128, np.uint8)]
    return VideoFrame.from_ndarray(np.concatenate([planes[0], planes[1].reshape(-1, width)]), format="yuv420p")


def _beeps(first: int, starts: float, pace: float, pitch: int) -> AudioFrame:
    moments = starts + (first + np.arange(960)) / RATE * pace
    loud = (moments % BEEP_EVERY) < BEEP_LASTS
    wave = np.where(loud, np.sin(moments * 2 * np.pi * pitch) * 12_000, 0).astype(np.int16)
    frame = AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), first
    return frame


@dataclass(frozen=True, slots=True)
class Seen:
    """What a put-together file shows: for each picture its moment in ms and, per tile, the talk's ms (None: dark)."""

    at_ms: float
    tiles: tuple[int | None, ...]


def pictures(path: Path, columns: int = 2, rows: int = 1) -> list[Seen]:
    """Read every picture's barcodes, tile by tile."""
    found = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            gray = frame.to_ndarray(format="gray")
            height, width = gray.shape[0] // rows, gray.shape[1] // columns
            tiles = tuple(
                _read(gray[row * height : (row + 1) * height, column * width : (column + 1) * width])
                for row in range(rows)
                for column in range(columns)
            )
            found.append(Seen(float(frame.pts * frame.time_base) * 1000, tiles))
    return found


def _read(tile: np.ndarray) -> int | None:
    height, width = tile.shape
    middle = tile[height // 2 - 8 : height // 2 + 8].mean(axis=0)
    wide = width / BITS
    bars = [middle[round((bar + 0.3) * wide) : round((bar + 0.7) * wide)].mean() for bar in range(BITS)]
    if max(bars) < 60:
        return None
    return sum((bar > 125) << (BITS - 1 - number) for number, bar in enumerate(bars))


def beeps(path: Path, channel: int) -> list[float]:
    """When each beep of a channel begins, in ms."""
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray() for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    sound = np.concatenate(parts, axis=1)[channel]
    step = rate // 500
    loud = np.abs(sound[: len(sound) // step * step].reshape(-1, step)).max(axis=1) > 0.1
    begins = [at for at in range(len(loud)) if loud[at] and not loud[max(0, at - 100) : at].any()]
    return [at * step / rate * 1000 for at in begins]
