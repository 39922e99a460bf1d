"""What one device recorded of a talk, read by the talk's clock: what is seen and heard of it at a moment.

A leg may begin late, end early, and run by a clock that is a little too fast or too slow. Nothing is decoded that lies
before the moment asked for, but the pictures since the last keyframe.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.frame import Frame
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from bothways.media.steps.decoding import decoded
from bothways.media.steps.opening import open_media, picture_of, sound_of, streams_of
from bothways.media.steps.packets import HealthyPackets
from bothways.media.steps.resampling import Resampler

RATE = 48_000
STRETCH_FROM_SECONDS = 0.05
"""A clock that leaves the talk's by less than this in a whole leg is left alone."""
_WIDEST_STEP = RATE // 25
"""Sound that is off by less is put right behind what came before; by more, silence is left or sound left out."""
_LEAD_SECONDS = 0.2
"""Decoders of sound need a little of what was before."""

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Leg:
    """`starts` and `lasts` are seconds, the first by the talk's clock, the second by the device's, which runs
    `rate_ppm` millionths faster."""

    source: Path
    starts: float
    lasts: float
    rate_ppm: float = 0.0

    @property
    def pace(self) -> float:
        """Seconds of the talk in a second of the device."""
        return 1 / (1 + self.rate_ppm / 1_000_000)

    def at(self, second: float) -> float:
        """The moment of the talk at which the device had recorded for so many seconds."""
        return self.starts + second * self.pace

    def runs(self, moment: float) -> bool:
        return self.starts <= moment < self.at(self.lasts)

    @property
    def heard_rate(self) -> float:
        """By how much faster its sound is taken to be, where that is worth it."""
        strays = abs(self.lasts * self.rate_ppm / 1_000_000)
        return 1 + self.rate_ppm / 1_000_000 if strays > STRETCH_FROM_SECONDS else 1.0


class Pictures:
    """The pictures of one person, leg after leg. Moments are asked for in their order."""

    def __init__(self, legs: list[Leg]) -> None:
        self._legs = legs
        self._leg: Leg | None = None
        self._frames: Iterator[tuple[float, Frame]] = iter(())
        self._next: tuple[float, Frame] | None = None
        self._shown: VideoFrame | None = None

    def at(self, moment: float) -> VideoFrame | None:
        """What is seen; None where no camera runs."""
        leg = _running(self._legs, moment)
        if leg is not self._leg:
            self._leg, self._shown = leg, None
            self._frames = _frames(leg, "video", moment) if leg else iter(())
            self._next = next(self._frames, None)
        while self._next is not None and self._next[0] <= moment:
            self._shown = self._next[1]  # type: ignore[assignment]
            self._next = next(self._frames, None)
        return self._shown


class Voice:
    """The sound of one person, leg after leg, in one channel. Blocks are asked for in their order."""

    def __init__(self, legs: list[Leg]) -> None:
        self._legs = legs
        self._leg: Leg | None = None
        self._chunks: Iterator[tuple[int, Samples]] = iter(())
        self._next: tuple[int, Samples] | None = None

    def block(self, start: int, length: int) -> Samples:
        """`length` samples from `start` on, RATE of them a second of the talk; silent where no microphone runs."""
        leg = _running(self._legs, (start + length / 2) / RATE)
        if leg is not self._leg:
            self._leg = leg
            self._chunks = _chunks(leg, start / RATE) if leg else iter(())
            self._next = next(self._chunks, None)
        block = np.zeros(length, np.float32)
        while self._next is not None and self._next[0] < start + length:
            at, samples = self._next
            if at < start:
                samples, at = samples[start - at :], start
            part = samples[: start + length - at]
            block[at - start :][: len(part)] = part
            if len(part) < len(samples):
                self._next = at + len(part), samples[len(part) :]
                break
            self._next = next(self._chunks, None)
        return block


def _running(legs: list[Leg], moment: float) -> Leg | None:
    """Of two that overlap the later one: the person has changed to it."""
    return max((leg for leg in legs if leg.runs(moment)), key=lambda leg: leg.starts, default=None)


def has(kind: str, source: Path) -> bool:
    """Whether a file holds "video" or "audio"."""
    with open_media(source) as container:
        return _stream(container, kind) is not None


def _stream(container: InputContainer, kind: str) -> Stream | None:
    return picture_of(container) if kind == "video" else sound_of(container)


def _frames(leg: Leg, kind: str, since: float) -> Iterator[tuple[float, Frame]]:
    """Decoded frames with their moments of the talk; the first may lie before `since`."""
    with open_media(leg.source) as container:
        stream = _stream(container, kind)
        if stream is None:
            return
        stream.codec_context.thread_count = 1
        # Read together with what else there is: times count from the first packet of either.
        wanted = [stream if one.type == kind else one for one in streams_of(container)]
        moment = partial(_moment, leg)
        for packet in _from(HealthyPackets(container, wanted), stream, leg, since):
            for frame in decoded(stream, packet):
                yield moment(frame), frame


def _moment(leg: Leg, frame: Frame) -> float:
    assert frame.pts is not None and frame.time_base is not None
    return leg.at(float(frame.pts * frame.time_base))


def _from(packets: HealthyPackets, stream: Stream, leg: Leg, since: float) -> Iterator[Packet | None]:
    """The packets of a stream that are needed to decode it from `since` on, and None for its end."""
    is_picture, held = stream.type == "video", list[Packet]()
    for packet in packets:
        if packet.stream_index != stream.index:
            continue
        if leg.at(float(packet.dts * packet.time_base)) >= since - (0 if is_picture else _LEAD_SECONDS):
            yield from held
            held = []
            yield packet
        elif is_picture:
            held = [packet] if packet.is_keyframe else [*held, packet]
    yield from held
    yield None


def _chunks(leg: Leg, since: float) -> Iterator[tuple[int, Samples]]:
    """Sound with the sample of the talk at which it begins; a chunk never begins before the end of the one before."""
    resample = Resampler(format="flt", layout="mono", rate=RATE)
    ends: int | None = None
    for moment, frame in _frames(leg, "audio", since):
        assert isinstance(frame, AudioFrame)
        at = round(moment * RATE)
        if ends is None or at > ends + _WIDEST_STEP:
            ends = at
        elif at < ends - _WIDEST_STEP:
            continue
        frame.sample_rate = round(frame.sample_rate * leg.heard_rate)
        for ready in resample(frame):
            samples = np.frombuffer(bytes(ready.planes[0]), np.float32)[: ready.samples]
            yield ends, samples
            ends += len(samples)
