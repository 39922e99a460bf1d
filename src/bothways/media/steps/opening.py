"""Open what a stranger sent: the demuxer is forced by the first bytes, and the picture's size is checked undecoded.

Left to itself, libavformat guesses by content and would follow a playlist or a concat script into other files.
"""

from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Stream
from av.video.stream import VideoStream

from bothways.media.steps.failure import EMPTY, NOT_MEDIA, NOTHING_PLAYABLE, PICTURE_TOO_LARGE, MediaFailure

LONG_SIDE, SHORT_SIDE = 4096, 2304

_MOST_PIXELS = {"max_pixels": str(LONG_SIDE * SHORT_SIDE)}
# libavformat itself may start decoders to learn a stream's format: they get one thread and the same ceiling.
_OPTIONS = {"protocol_whitelist": "file,pipe", "threads": "1"}
_UNDECODED = {"skip_frame": "all"}


def demuxer_of(head: bytes) -> str:
    """Name the one demuxer that may read a file which begins with `head` (12 bytes are enough)."""
    if not head:
        raise MediaFailure(EMPTY)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    raise MediaFailure(NOT_MEDIA, f"begins with {head.hex(' ')}")


def open_media(source: Path) -> InputContainer:
    """Open `source` with its forced demuxer, or raise MediaFailure in words of ours."""
    with source.open("rb") as file:
        demuxer = demuxer_of(file.read(12))
    container = _open(source, demuxer, _MOST_PIXELS)
    if any(stream.codec_context is not None and not stream.codec_context.width for stream in container.streams.video):
        # A decoder refused the size and forgot it: what the header says decides between too large and unreadable.
        with _open(source, demuxer, _UNDECODED) as undecoded:
            _refuse_large_pictures(undecoded)
    _refuse_large_pictures(container)
    return container


def _open(source: Path, demuxer: str, more_options: dict[str, str]) -> InputContainer:
    try:
        return av.open(str(source), format=demuxer, options=_OPTIONS | more_options, metadata_errors="replace")
    except FFmpegError as error:
        raise MediaFailure(NOTHING_PLAYABLE, f"{demuxer}: {error}") from error


def _refuse_large_pictures(container: InputContainer) -> None:
    for stream in container.streams.video:
        if stream.codec_context is None:
            continue
        width, height = stream.codec_context.width, stream.codec_context.height
        if max(width, height) > LONG_SIDE or min(width, height) > SHORT_SIDE:
            raise MediaFailure(PICTURE_TOO_LARGE, f"{width}x{height}")


def picture_of(container: InputContainer) -> VideoStream | None:
    """The video stream to keep, if any; its decoder will refuse pictures that turn out larger than announced."""
    for stream in container.streams.video:
        if stream.codec_context is not None and stream.codec_context.width and stream.codec_context.height:
            stream.codec_context.options = _MOST_PIXELS
            return stream
    return None


def sound_of(container: InputContainer) -> AudioStream | None:
    """The audio stream to keep, if any."""
    usable = (s for s in container.streams.audio if s.codec_context is not None and s.codec_context.sample_rate)
    return next(usable, None)


def streams_of(container: InputContainer) -> list[Stream]:
    """The picture and the sound to keep; one of them may be missing."""
    streams = [stream for stream in (picture_of(container), sound_of(container)) if stream is not None]
    if not streams:
        raise MediaFailure(NOTHING_PLAYABLE, "it holds neither picture nor sound")
    return streams


def codec_name(stream: Stream) -> str:
    """The codec itself ("av1"), not the library that decodes it ("libdav1d")."""
    return stream.codec_context.codec.canonical_name
