"""The healthy packets of a recording, in order, and how long they last.

A cut line, a killed browser or a bad disk leaves files that begin well. What is good is kept; what could confuse a
player (clocks that run back, packets marked corrupt, pictures before the first keyframe) is left out and counted.
"""

from collections.abc import Iterator

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream

from bothways.media.steps.failure import TOO_LONG, MediaFailure

LONGEST_SECONDS = 35 * 60
# A laptop may sleep in the middle of an answer; a clock that leaps further than this has been damaged.
WIDEST_GAP_SECONDS = 120
# What is packed, or named again and again, may open into far more than came. No recorder does either.
MOST_TIMES_ITS_SIZE, ROOM_BYTES = 2, 16 * 1024 * 1024


class HealthyPackets:
    """Iterate once over the usable packets of `streams`; afterwards the totals are known.

    Times are moved so that the first packet stands at zero. Iteration ends early, without an error, where the file
    cannot be read on.

    Raises:
        MediaFailure: TOO_LONG, past LONGEST_SECONDS, or when it opens into much more than came.
    """

    def __init__(self, container: InputContainer, streams: list[Stream]) -> None:
        self._container = container
        self._clocks = {stream.index: _Clock(stream) for stream in streams}
        self._streams = streams
        self._bytes_left = MOST_TIMES_ITS_SIZE * container.size + ROOM_BYTES
        self._start: float | None = None
        self._end = 0.0
        self.left_out = 0
        self.broken_off = False

    @property
    def duration_ms(self) -> int:
        """From the start of the first packet to the end of the last, whatever the header says."""
        return round(self._end * 1000)

    @property
    def is_whole(self) -> bool:
        """Nothing was left out, as far as one can see without decoding."""
        return not self.left_out and not self.broken_off

    def __iter__(self) -> Iterator[Packet]:
        try:
            for packet in self._container.demux(self._streams):
                if packet.dts is None and packet.pts is None and not packet.size:
                    continue  # libavformat's own mark for the end
                self._bytes_left -= packet.size
                if self._bytes_left < 0:
                    raise MediaFailure(TOO_LONG, "it opens into much more than came")
                if self._accept(packet):
                    yield packet
                else:
                    self.left_out += 1
        except FFmpegError:
            self.broken_off = True

    def _accept(self, packet: Packet) -> bool:
        clock = self._clocks[packet.stream_index]
        pts = packet.pts
        dts = pts if packet.dts is None else packet.dts
        if pts is None or not packet.size or packet.is_corrupt:
            return False
        if clock.last is None and clock.needs_keyframe and not packet.is_keyframe:
            return False
        time = dts * clock.tick
        if self._start is None:
            self._start = time
        elif time - self._start > self._end + WIDEST_GAP_SECONDS:
            return False
        offset = round(self._start / clock.tick)
        dts -= offset
        if clock.last is not None and dts <= clock.last:
            return False
        lasts = packet.duration or (dts - clock.last if clock.last is not None else 0)
        packet.dts, packet.pts = dts, pts - offset
        clock.last = dts
        self._end = max(self._end, (pts - offset + lasts) * clock.tick)
        if self._end > LONGEST_SECONDS:
            raise MediaFailure(TOO_LONG, f"longer than {LONGEST_SECONDS // 60} minutes")
        return True


class _Clock:
    """Where one stream stands: seconds to a tick, and the ticks of its last packet."""

    __slots__ = ("last", "needs_keyframe", "tick")

    def __init__(self, stream: Stream) -> None:
        self.tick = float(stream.time_base)
        self.needs_keyframe = stream.type == "video"
        self.last: int | None = None
