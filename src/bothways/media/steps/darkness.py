"""Whether a picture is black: a covered lens, a closed shutter, a camera that gives nothing. A still one is not."""

from statistics import fmean, pstdev

from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from bothways.media.steps.decoding import decoded

LOOK_EVERY_SECONDS = 2.0
_DARKEST_MEAN, _FLATTEST_SPREAD, _MOST_SHARE = 20.0, 6.0, 0.9
"""Of 256 levels of gray, measured on covered lenses and on dim rooms: a face by the light of a screen spreads wider."""

_WIDTH, _HEIGHT = 64, 36


class DarknessMeter:
    """Looks at keyframes only, and no more often than it must: they can be decoded without the pictures before them."""

    def __init__(self, stream: VideoStream) -> None:
        self.stream = stream
        stream.codec_context.thread_count = 1
        self._next_look = 0.0
        self._dark: list[bool] = []

    def take(self, packet: Packet) -> None:
        moment = float(packet.dts * packet.time_base)
        if not packet.is_keyframe or moment < self._next_look:
            return
        for frame in (*decoded(self.stream, packet), *decoded(self.stream, None)):
            self._next_look = moment + LOOK_EVERY_SECONDS
            self._dark.append(_is_dark(frame))
        self.stream.codec_context.flush_buffers()

    @property
    def is_black(self) -> bool | None:
        """Dark in nine of ten looks; None where no picture could be decoded."""
        return fmean(self._dark) >= _MOST_SHARE if self._dark else None


def _is_dark(frame: VideoFrame) -> bool:
    plane = frame.reformat(_WIDTH, _HEIGHT, "gray", threads=1).planes[0]
    data = bytes(plane)
    grays = [level for row in range(_HEIGHT) for level in data[row * plane.line_size :][:_WIDTH]]
    return fmean(grays) < _DARKEST_MEAN and pstdev(grays) < _FLATTEST_SPREAD
