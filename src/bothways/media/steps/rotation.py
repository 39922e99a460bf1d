"""Phones record lying pictures with a note how to turn them."""

from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame

# What to do to the pixels for each angle that a decoded frame reports, counter-clockwise in degrees.
_FILTERS = {90: "transpose=cclock", 180: "hflip,vflip", 270: "transpose=clock"}


def angle_of(frame: VideoFrame) -> int:
    """0, 90, 180 or 270; a slanted note is rounded to the nearest of them."""
    return round(frame.rotation / 90) % 4 * 90


def turning_filter(frame: VideoFrame) -> str | None:
    """The libavfilter chain that sets the frame upright, or None where it stands already."""
    return _FILTERS.get(angle_of(frame))


def lies_on_its_side(keyframe: Packet) -> bool:
    """Whether a player will swap width and height. The note hangs on decoded pictures, so this one is decoded."""
    decoder = keyframe.stream.codec_context
    decoder.thread_count = 1
    try:
        frames = [*decoder.decode(keyframe), *decoder.decode(None)]
    except FFmpegError:
        return False
    return bool(frames) and angle_of(frames[0]) in (90, 270)
