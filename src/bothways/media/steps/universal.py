"""H.264 and AAC in an MP4 with its index in front: the one form that every browser and phone plays.

The picture is encoded as lightly as looks decent for a talking head: x264 veryfast at CRF 24, capped, so that noise
from a dark room does not make the copy larger than what came.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from bothways.media.steps.child import report_progress
from bothways.media.steps.decoding import decoded
from bothways.media.steps.failure import NOTHING_PLAYABLE, MediaFailure
from bothways.media.steps.opening import codec_name, open_media, streams_of
from bothways.media.steps.packets import HealthyPackets
from bothways.media.steps.shaping import Shaper, fitting, upright_size

LONG_SIDE, SHORT_SIDE = 1280, 720
KEYFRAME_SECONDS = 2
SOUND_RATE, SOUND_BITS_PER_SECOND = 48_000, 96_000
UNIVERSAL_OPTIONS = {"fflags": "+bitexact", "movflags": "faststart"}
X264 = {"preset": "veryfast", "crf": "24", "maxrate": "1800k", "bufsize": "3600k", "profile": "high", "threads": "1"}


def make_universal(source: Path, folder: Path, size: tuple[int, int] | None = None) -> dict[str, Any]:
    """Write `folder`/universal.mp4 and report progress on the way, where the file says how long it is.

    Pictures are encoded as large as the first one, or as `size`, where the largest comes later.
    """
    target = folder / "universal.mp4"
    with open_media(source) as incoming:
        streams = streams_of(incoming)
        with av.open(str(target), "w", format="mp4", options=UNIVERSAL_OPTIONS) as outgoing:
            carry_over(incoming, streams, outgoing, size)
    return {"name": target.name}


def carry_over(
    incoming: InputContainer, streams: list[Stream], outgoing: OutputContainer, size: tuple[int, int] | None = None
) -> None:
    """Copy what is H.264 or AAC already, encode the other streams; what cannot be decoded is left out."""
    tracks = {stream.index: _track_for(stream, outgoing, size) for stream in streams}
    written = 0
    progress = _Progress(incoming.duration)
    for packet in HealthyPackets(incoming, streams):
        for ready in tracks[packet.stream_index].take(packet):
            outgoing.mux(ready)
            written += 1
        progress.at(float(packet.dts * packet.time_base) if packet.dts is not None else 0.0)
    for track in tracks.values():
        for ready in track.finish():
            outgoing.mux(ready)
            written += 1
    if not written:
        raise MediaFailure(NOTHING_PLAYABLE, "nothing could be decoded")


class _Track(Protocol):
    def take(self, packet: Packet) -> Iterable[Packet]: ...
    def finish(self) -> Iterable[Packet]: ...


def _track_for(stream: Stream, outgoing: OutputContainer, size: tuple[int, int] | None) -> _Track:
    if stream.type == "audio":
        return _Copied(stream, outgoing) if codec_name(stream) == "aac" else _EncodedSound(stream, outgoing)
    plays_as_it_is = codec_name(stream) == "h264" and stream.codec_context.pix_fmt in ("yuv420p", "yuvj420p")
    return _Copied(stream, outgoing) if plays_as_it_is else _EncodedPicture(stream, outgoing, size)


class _Copied:
    def __init__(self, stream: Stream, outgoing: OutputContainer) -> None:
        self._track = outgoing.add_stream_from_template(stream, opaque=True)

    def take(self, packet: Packet) -> Iterable[Packet]:
        packet.stream = self._track
        return (packet,)

    def finish(self) -> Iterable[Packet]:
        return ()


class _EncodedSound:
    def __init__(self, stream: Stream, outgoing: OutputContainer) -> None:
        self._stream = stream
        layout = "mono" if stream.codec_context.channels == 1 else "stereo"
        self._track = outgoing.add_stream("aac", rate=SOUND_RATE, layout=layout)
        self._track.bit_rate = SOUND_BITS_PER_SECOND

    def take(self, packet: Packet | None) -> Iterable[Packet]:
        for frame in decoded(self._stream, packet):
            yield from self._track.encode(frame)

    def finish(self) -> Iterable[Packet]:
        yield from self.take(None)
        yield from self._track.encode(None)


class _EncodedPicture:
    def __init__(self, stream: Stream, outgoing: OutputContainer, size: tuple[int, int] | None) -> None:
        self._stream = stream
        self._size = size
        stream.codec_context.thread_count = 1
        rate = stream.guessed_rate if stream.guessed_rate and 5 <= stream.guessed_rate <= 60 else 30
        self._track = outgoing.add_stream("libx264", rate=rate, options=X264)
        self._track.pix_fmt = "yuv420p"
        self._track.codec_context.time_base = stream.time_base
        self._track.codec_context.gop_size = round(rate * KEYFRAME_SECONDS)
        self._shape: Shaper | None = None

    def take(self, packet: Packet | None) -> Iterable[Packet]:
        for frame in decoded(self._stream, packet):
            if self._shape is None:
                width, height = self._size or upright_size(frame)
                self._track.width, self._track.height = fitting(width, height, LONG_SIDE, SHORT_SIDE)
                self._shape = Shaper(self._track.width, self._track.height, "yuv420p", self._stream.time_base)
            shaped = self._shape(frame)
            shaped.pict_type = 0  # the encoder, not the source, chooses the keyframes
            yield from self._track.encode(shaped)

    def finish(self) -> Iterable[Packet]:
        yield from self.take(None)
        if self._shape is not None:
            yield from self._track.encode(None)


class _Progress:
    """Reports each hundredth once."""

    def __init__(self, duration_us: int | None) -> None:
        self._seconds = (duration_us or 0) / av.time_base
        self._told = 0.0

    def at(self, second: float) -> None:
        if self._seconds and (part := min(1.0, second / self._seconds)) >= self._told + 0.01:
            self._told = part
            report_progress(part)
