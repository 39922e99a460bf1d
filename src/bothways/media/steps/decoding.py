"""Decode a stream that may be damaged: what cannot be decoded is passed over."""

from collections.abc import Iterator

from av.container import InputContainer
from av.error import FFmpegError
from av.frame import Frame
from av.packet import Packet
from av.stream import Stream

from bothways.media.steps.packets import HealthyPackets


def frames_of(container: InputContainer, stream: Stream) -> Iterator[Frame]:
    """The frames of one stream, times counted from its first packet; on one thread, and no error is raised."""
    stream.codec_context.thread_count = 1
    for packet in HealthyPackets(container, [stream]):
        yield from decoded(stream, packet)
    yield from decoded(stream, None)


def decoded(stream: Stream, packet: Packet | None) -> Iterator[Frame]:
    """The frames that `packet` completes; None asks for those still held back. Damage yields nothing."""
    try:
        frames = stream.codec_context.decode(packet)
    except MemoryError:
        raise
    except FFmpegError:
        return
    for frame in frames:
        if frame.pts is not None:
            # The last ones, which come without a packet, have not been told.
            frame.time_base = frame.time_base or stream.time_base
            yield frame
