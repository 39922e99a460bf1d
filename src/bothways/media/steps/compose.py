"""A talk put together from what each device recorded of it: pictures side by side, voices at the same moment.

Everything is laid on one clock, that of the talk. Only the stretches asked for are taken, one after another, so that
what was not to be recorded leaves no gap. The same legs give the same file.
"""

import contextlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.video.frame import VideoFrame

from bothways.media.steps.child import report_progress
from bothways.media.steps.failure import NOTHING_PLAYABLE, MediaFailure
from bothways.media.steps.legs import RATE, Leg, Pictures, Samples, Voice, has
from bothways.media.steps.shaping import Shaper
from bothways.media.steps.universal import KEYFRAME_SECONDS, SOUND_BITS_PER_SECOND, UNIVERSAL_OPTIONS, X264

FRAMES = 30
"""Pictures a second."""
_BLOCK = RATE // FRAMES
_STILL = FRAMES // 2
"""Where nothing moves, a picture is written each half second all the same, so that one can seek."""
_GRIDS = {1: (1, 640, 360), 2: (2, 640, 360), 3: (2, 480, 270), 4: (2, 480, 270), 5: (3, 426, 240), 6: (3, 426, 240)}
"""For so many people: columns, and width and height of each one's place. All cost about the same to encode."""
_QUICK = {**X264, "preset": "superfast"}
"""Somebody waits for it, to rate."""
_DARK = (16, 128, 128)
_VOICE_BITS_PER_SECOND = 48_000
"""Only machines listen to it."""


def compose(
    sources: list[Path], folder: Path, *, sides: list[dict[str, Any]], stretches: list[list[float]]
) -> dict[str, Any]:
    """Write `folder`/playable.mp4 with H.264 and AAC, and, where there is sound, voices.mp4: a track for each person,
    from which what everybody says is put into words.

    `sides` has for each source: "person", a number from 0, by which people stand from left to right; "starts", "lasts"
    and "rate_ppm" as in `Leg`. `stretches` are pairs of seconds on the talk's clock. Of two people, each has a channel
    of their own; of more, all are heard in the middle.
    """
    people: dict[int, list[Leg]] = {}
    for source, side in zip(sources, sides, strict=True):
        leg = Leg(source, side["starts"], side["lasts"], side["rate_ppm"])
        people.setdefault(side["person"], []).append(leg)
    legs = [people[person] for person in sorted(people)]
    is_seen = any(has("video", source) for source in sources)
    is_heard = any(has("audio", source) for source in sources)
    if not (is_seen or is_heard):
        raise MediaFailure(NOTHING_PLAYABLE, "no side has sound or picture")
    target, voices = folder / "playable.mp4", folder / "voices.mp4"
    with contextlib.ExitStack() as stack:
        outgoing = stack.enter_context(av.open(str(target), "w", format="mp4", options=UNIVERSAL_OPTIONS))
        picture = _Picture(outgoing, legs) if is_seen else None
        apart = stack.enter_context(av.open(str(voices), "w", format="mp4")) if is_heard else None
        sound = _Sound(outgoing, apart, legs) if apart else None
        ticks = _write(stretches, picture, sound)
    return {
        "name": target.name,
        "container": "mp4",
        "mime": "video/mp4" if picture else "audio/mp4",
        "duration_ms": round(ticks * 1000 / FRAMES),
        "width": picture.width if picture else None,
        "height": picture.height if picture else None,
        "video_codec": "h264" if picture else "",
        "audio_codec": "aac" if sound else "",
        "salvaged": False,
        "voices": voices.name if sound else None,
    }


def _write(stretches: list[list[float]], picture: "_Picture | None", sound: "_Sound | None") -> int:
    """Tick by tick. Says how many there were."""
    first_and_count = [(round(begin * FRAMES), round((end - begin) * FRAMES)) for begin, end in stretches]
    total = sum(count for _, count in first_and_count)
    written, told = 0, 0.0
    for first, count in first_and_count:
        for tick in range(first, first + count):
            if picture:
                picture.take(tick, written)
            if sound:
                sound.take(tick)
            written += 1
            if (part := written / total) >= told + 0.01:
                told = part
                report_progress(part)
    for track in (picture, sound):
        if track:
            track.finish()
    return total


@dataclass(slots=True)
class _Tile:
    """Where somebody is seen. `shown` is what was drawn last."""

    pictures: Pictures
    shape: Shaper
    left: int
    top: int
    shown: VideoFrame | None = None


class _Picture:
    def __init__(self, outgoing: OutputContainer, legs: list[list[Leg]]) -> None:
        columns, width, height = _GRIDS[len(legs)]
        self._place = width, height
        self.width, self.height = columns * width, -(-len(legs) // columns) * height
        self._outgoing = outgoing
        self._track = outgoing.add_stream("libx264", rate=FRAMES, options=_QUICK, width=self.width, height=self.height)
        self._track.pix_fmt = "yuv420p"
        self._track.codec_context.gop_size = FRAMES * KEYFRAME_SECONDS
        shape = (width, height, "yuv420p", Fraction(1, FRAMES))
        self._tiles = [
            _Tile(Pictures(one), Shaper(*shape), number % columns * width, number // columns * height)
            for number, one in enumerate(legs)
        ]
        self._planes = [
            np.full((self.height // half, self.width // half), shade, np.uint8)
            for half, shade in zip((1, 2, 2), _DARK, strict=True)
        ]
        self._last = -_STILL

    def take(self, tick: int, number: int) -> None:
        changed = [tile for tile in self._tiles if self._draw(tile, tick / FRAMES)]
        if changed or number - self._last >= _STILL:
            self._encode(number)

    def finish(self) -> None:
        self._outgoing.mux(self._track.encode(None))

    def _draw(self, tile: _Tile, moment: float) -> bool:
        frame = tile.pictures.at(moment)
        if frame is tile.shown:
            return False
        tile.shown = frame
        # The shaped one is a picture of its own: what was decoded stays as it is.
        width, height = self._place
        planes = _planes(tile.shape(frame)) if frame else [*map(np.uint8, _DARK)]
        for half, canvas, plane in zip((1, 2, 2), self._planes, planes, strict=True):
            left, top = tile.left // half, tile.top // half
            canvas[top : top + height // half, left : left + width // half] = plane
        return True

    def _encode(self, number: int) -> None:
        flat = np.concatenate([plane.reshape(-1, self.width) for plane in self._planes])
        frame = VideoFrame.from_ndarray(flat, format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, FRAMES)
        self._last = number
        self._outgoing.mux(self._track.encode(frame))


def _planes(frame: VideoFrame) -> list[Any]:
    """Brightness and the two colors."""
    width, height = frame.width, frame.height
    flat = frame.to_ndarray().reshape(-1)
    light, color = width * height, width * height // 4
    halves = (height // 2, width // 2)
    return [
        flat[:light].reshape(height, width),
        flat[light : light + color].reshape(halves),
        flat[light + color : light + 2 * color].reshape(halves),
    ]


class _Sound:
    """What is heard, all together and each by themselves."""

    def __init__(self, outgoing: OutputContainer, apart: OutputContainer, legs: list[list[Leg]]) -> None:
        self._voices = [Voice(one) for one in legs]
        self._together = _Track(outgoing, "stereo" if len(legs) == 2 else "mono", SOUND_BITS_PER_SECOND)
        self._apart = [_Track(apart, "mono", _VOICE_BITS_PER_SECOND) for _ in legs]

    def take(self, tick: int) -> None:
        heard = [voice.block(tick * _BLOCK, _BLOCK) for voice in self._voices]
        self._together.write(np.stack(heard) if len(heard) == 2 else _mixed(heard))
        for track, samples in zip(self._apart, heard, strict=True):
            track.write(samples[None, :])

    def finish(self) -> None:
        for track in (self._together, *self._apart):
            track.finish()


class _Track:
    """One track of sound, block after block."""

    def __init__(self, outgoing: OutputContainer, layout: str, bits_per_second: int) -> None:
        self._outgoing = outgoing
        self._layout = layout
        self._stream = outgoing.add_stream("aac", rate=RATE, layout=layout)
        self._stream.bit_rate = bits_per_second
        self._written = 0

    def write(self, samples: Samples) -> None:
        frame = AudioFrame.from_ndarray(samples, format="fltp", layout=self._layout)
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = self._written
        self._written += samples.shape[1]
        self._outgoing.mux(self._stream.encode(frame))

    def finish(self) -> None:
        self._outgoing.mux(self._stream.encode(None))


def _mixed(heard: list[Samples]) -> Samples:
    mixed: Samples = np.clip(np.sum(heard, axis=0, keepdims=True), -1, 1).astype(np.float32)
    return mixed
