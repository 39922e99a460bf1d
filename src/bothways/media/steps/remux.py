"""Make a recording watchable by copying its packets into a file with an index: no decoding, no loss."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer
from av.error import ArgumentError, InvalidDataError
from av.packet import Packet
from av.stream import Stream

from bothways.media.steps.failure import NOTHING_PLAYABLE, MediaFailure
from bothways.media.steps.opening import codec_name, open_media, streams_of
from bothways.media.steps.packets import HealthyPackets
from bothways.media.steps.rotation import lies_on_its_side

_IN_WEBM = frozenset({"vp8", "vp9", "av1", "opus", "vorbis"})
_IN_MP4 = frozenset({"h264", "hevc", "vp9", "av1", "aac", "mp3", "opus", "flac", "alac"})
_IN_WAV = frozenset({"pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_f32le"})

INDEX_IN_FRONT = {"webm": {"cues_to_front": "1"}, "mp4": {"movflags": "faststart"}, "wav": {}}
# A stream that says nothing in this much of the file is taken for empty.
_WAIT_FOR_STREAMS_BYTES = 16 * 1024 * 1024


def make_watchable(source: Path, folder: Path) -> dict[str, Any]:
    """Copy what is healthy in `source` to `folder`/playable.webm, .mp4 or .wav and say what it holds."""
    with open_media(source) as incoming:
        wanted = streams_of(incoming)
        packets = HealthyPackets(incoming, wanted)
        ahead = iter(packets)
        held, streams = until_each_has_begun(ahead, wanted)
        if not streams:
            raise MediaFailure(NOTHING_PLAYABLE, "no stream holds a usable packet")
        form = container_for(streams, incoming.format.name)
        size = shown_size(held)
        target = folder / f"playable.{form}"
        with av.open(
            str(target), "w", format=form, options={"fflags": "+bitexact", **INDEX_IN_FRONT[form]}
        ) as outgoing:
            refused = _copy(chain(held, ahead), streams, outgoing)
        picture = next((s for s in streams if s.type == "video"), None)
        sound = next((s for s in streams if s.type == "audio"), None)
        return {
            "name": target.name,
            "container": form,
            "mime": f"{'video' if picture else 'audio'}/{form}",
            "duration_ms": packets.duration_ms,
            "width": size[0],
            "height": size[1],
            "video_codec": codec_name(picture) if picture else "",
            "audio_codec": codec_name(sound) if sound else "",
            "salvaged": bool(refused) or not packets.is_whole,
        }


def until_each_has_begun(packets: Iterator[Packet], wanted: list[Stream]) -> tuple[list[Packet], list[Stream]]:
    """The first packets, and the streams that really hold some: a declared but empty track would stop a player."""
    held: list[Packet] = []
    begun: set[int] = set()
    waited = 0
    for packet in packets:
        held.append(packet)
        begun.add(packet.stream_index)
        waited += packet.size
        if len(begun) == len(wanted) or waited > _WAIT_FOR_STREAMS_BYTES:
            break
    return held, [stream for stream in wanted if stream.index in begun]


def shown_size(first_packets: list[Packet]) -> tuple[int | None, int | None]:
    """Width and height as a player shows them; only MP4 files carry notes about turning."""
    keyframe = next((packet for packet in first_packets if packet.stream.type == "video"), None)
    if keyframe is None:
        return None, None
    width, height = keyframe.stream.codec_context.width, keyframe.stream.codec_context.height
    turned = "mp4" in keyframe.stream.container.format.name and lies_on_its_side(keyframe)
    return (height, width) if turned else (width, height)


def container_for(streams: list[Stream], came_as: str) -> str:
    """The container that browsers play with these codecs; a recording stays in its own family where it can."""
    codecs = {codec_name(stream) for stream in streams}
    fitting = [form for form, holds in (("webm", _IN_WEBM), ("mp4", _IN_MP4), ("wav", _IN_WAV)) if codecs <= holds]
    if not fitting:
        raise MediaFailure(NOTHING_PLAYABLE, f"no browser plays {' with '.join(sorted(codecs))}")
    return "mp4" if "mp4" in fitting and "mp4" in came_as else fitting[0]


def _copy(packets: Iterator[Packet], streams: list[Stream], outgoing: OutputContainer) -> int:
    """How many packets the container did not take; what is in them makes no sense there.

    Raises:
        MediaFailure: it took none.
    """
    tracks = {stream.index: outgoing.add_stream_from_template(stream, opaque=True) for stream in streams}
    taken = refused = 0
    for packet in packets:
        track = tracks.get(packet.stream_index)
        if track is None:
            continue
        packet.stream = track
        try:
            outgoing.mux(packet)
            taken += 1
        except (InvalidDataError, ArgumentError):
            refused += 1
    if not taken:
        raise MediaFailure(NOTHING_PLAYABLE, "no container for browsers takes what is in it")
    return refused
