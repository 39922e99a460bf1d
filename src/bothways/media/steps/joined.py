"""Several segments of one recording in one file, by copying their packets: no decoding, no loss.

Each segment begins where the one before it ended, with a keyframe. They fit behind one another where a player needs no
other set-up for the next one: the same codecs and the same set-up data. Pictures in VP8 and VP9 may change their size,
because each of their keyframes says how large it is. A voice alone may follow a picture, whose last one then stays;
sound may not be missing, because players let sound run on over a gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from bothways.media.steps.failure import TOO_LONG, MediaFailure
from bothways.media.steps.opening import codec_name, open_media, streams_of
from bothways.media.steps.packets import LONGEST_SECONDS, HealthyPackets
from bothways.media.steps.remux import INDEX_IN_FRONT, container_for, shown_size, until_each_has_begun

LEAST_SECONDS = 0.02
"""What a segment of a single packet lasts, so that the next one begins later."""

_SIZE_MAY_CHANGE = frozenset({"vp8", "vp9"})


@dataclass(frozen=True, slots=True)
class Segment:
    """What one file holds, as far as its first packets tell. Sizes are as shown; (None, None) for sound alone."""

    source: Path
    codecs: dict[str, str]
    set_up: dict[str, tuple[object, ...]]
    size: tuple[int | None, int | None]
    form: str

    @property
    def area(self) -> int:
        return (self.size[0] or 0) * (self.size[1] or 0)


def look_at(sources: list[Path]) -> tuple[list[Segment], bool]:
    """The segments that can be played, and whether that is all of them.

    Raises:
        MediaFailure: the first one's, where none can be played.
    """
    segments: list[Segment] = []
    failures: list[MediaFailure] = []
    for source in sources:
        try:
            segments.append(_look(source))
        except MediaFailure as failure:
            failures.append(failure)
    if not segments:
        raise failures[0]
    return segments, not failures


def make_joined(sources: list[Path], folder: Path) -> dict[str, Any]:
    """Copy what is healthy to `folder`/playable.webm, .mp4 or .wav. `fits` says whether it could be done."""
    segments, all_play = look_at(sources)
    first = segments[0]
    if not all(_follows(first, segment) for segment in segments):
        return {"fits": False}
    target = folder / f"playable.{first.form}"
    options = {"fflags": "+bitexact", **INDEX_IN_FRONT[first.form]}
    with av.open(str(target), "w", format=first.form, options=options) as outgoing:
        seconds, is_whole = _copy_all(segments, outgoing)
    return {
        "fits": True,
        "name": target.name,
        "container": first.form,
        "mime": f"{'video' if 'video' in first.codecs else 'audio'}/{first.form}",
        "duration_ms": round(seconds * 1000),
        "width": (largest := max(segments, key=lambda segment: segment.area)).size[0],
        "height": largest.size[1],
        "video_codec": first.codecs.get("video", ""),
        "audio_codec": first.codecs.get("audio", ""),
        "salvaged": not (all_play and is_whole),
    }


def _follows(first: Segment, later: Segment) -> bool:
    missing = first.set_up.keys() - later.set_up.keys()
    return missing <= {"video"} and later.set_up == {
        kind: set_up for kind, set_up in first.set_up.items() if kind not in missing
    }


def begun(packets: HealthyPackets, streams: list[Stream]) -> tuple[Iterator[Packet], list[Packet], list[Stream]]:
    """The packets, the first of them once more, and the streams that really hold some."""
    ahead = iter(packets)
    held, found = until_each_has_begun(ahead, streams)
    return chain(held, ahead), held, found


def end_of(packets: HealthyPackets, start: float) -> float:
    """Where the next segment begins, once this one, begun at `start` seconds, was read.

    Raises:
        MediaFailure: TOO_LONG, all together.
    """
    end = start + max(packets.duration_ms / 1000, LEAST_SECONDS)
    if end > LONGEST_SECONDS:
        raise MediaFailure(TOO_LONG, f"longer than {LONGEST_SECONDS // 60} minutes")
    return end


def _look(source: Path) -> Segment:
    with open_media(source) as incoming:
        _, held, streams = begun(HealthyPackets(incoming, wanted := streams_of(incoming)), wanted)
        if not streams:
            raise MediaFailure("nothing_playable", "no stream holds a usable packet")
        size = shown_size(held)
        return Segment(
            source=source,
            codecs={stream.type: codec_name(stream) for stream in streams},
            set_up={stream.type: _set_up(stream, size) for stream in streams},
            size=size,
            form=container_for(streams, incoming.format.name),
        )


def _set_up(stream: Stream, size: tuple[int | None, int | None]) -> tuple[object, ...]:
    """What a player learns once, before the first packet: it must hold for all that follow."""
    codec, context = codec_name(stream), stream.codec_context
    if codec in _SIZE_MAY_CHANGE:
        return (codec, context.pix_fmt)
    if stream.type == "video":
        return (codec, context.pix_fmt, context.width, context.height, size, context.extradata)
    extradata = context.extradata or b""
    if codec == "opus":
        # OpusHead: how much to skip at the start and the rate it was recorded at (bytes 10 to 15) may differ.
        extradata = extradata[8:10] + extradata[16:]
    return (codec, context.sample_rate, context.channels, extradata)


def _copy_all(segments: list[Segment], outgoing: OutputContainer) -> tuple[float, bool]:
    """Seconds in all, and whether nothing had to be left out."""
    tracks: dict[str, Stream] = {}
    start, is_whole = 0.0, True
    for segment in segments:
        with open_media(segment.source) as incoming:
            packets = HealthyPackets(incoming, wanted := streams_of(incoming))
            following, _, streams = begun(packets, wanted)
            for stream in streams:
                if stream.type not in tracks:
                    tracks[stream.type] = outgoing.add_stream_from_template(stream, opaque=True)
            for packet in following:
                kind = packet.stream.type
                if kind in segment.codecs:
                    _move(packet, start)
                    packet.stream = tracks[kind]
                    outgoing.mux(packet)
            start = end_of(packets, start)
            is_whole = is_whole and packets.is_whole
    return start, is_whole


def _move(packet: Packet, seconds: float) -> None:
    ticks = ceil(seconds / float(packet.time_base))
    packet.pts, packet.dts = packet.pts + ticks, packet.dts + ticks
