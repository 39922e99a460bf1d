"""A sheet of small pictures, one every few seconds: shown over the timeline while somebody looks for a place.

Only keyframes are decoded, which costs a small part of decoding all: browsers record one every second, or every few. A
tile shows the last keyframe before its moment.
"""

from pathlib import Path
from typing import Any

from av.video.frame import VideoFrame

from bothways.media.sprites import COLUMNS, TILE
from bothways.media.steps.decoding import frames_of
from bothways.media.steps.failure import NOTHING_PLAYABLE, MediaFailure
from bothways.media.steps.jpeg import write_jpeg
from bothways.media.steps.opening import open_media, picture_of
from bothways.media.steps.shaping import Shaper, fitting_size

_PIXELS = "yuvj420p"
_BLACK = (0, 128, 128)


def make_sprites(source: Path, folder: Path, every_ms: int, tiles: int) -> dict[str, Any]:
    """Write `folder`/sprites.jpg: `tiles` pictures, `every_ms` apart, laid out as `media/sprites.py` says."""
    with open_media(source) as container:
        picture = picture_of(container)
        if picture is None:
            raise MediaFailure(NOTHING_PLAYABLE, "there is no picture to show")
        picture.codec_context.skip_frame = "NONKEY"
        sheet: _Sheet | None = None
        for frame in frames_of(container, picture):
            if sheet is None:
                sheet = _Sheet(frame, tiles)
            due = float(frame.pts * frame.time_base) * 1000 / every_ms
            sheet.show(frame, until=due)
        if sheet is None:
            raise MediaFailure(NOTHING_PLAYABLE, "no picture could be decoded")
        write_jpeg(sheet.finished(), folder / "sprites.jpg")
    return {"name": "sprites.jpg"}


class _Sheet:
    """Tiles of the size of the first picture's proportions; a later one of others stands in them with bars."""

    def __init__(self, first: VideoFrame, tiles: int) -> None:
        self._tiles = tiles
        self._width, self._height = fitting_size(first, TILE, TILE)
        self._shape = Shaper(self._width, self._height, _PIXELS, first.time_base)
        rows = -(-tiles // COLUMNS)
        self._frame = VideoFrame(self._width * COLUMNS, self._height * rows, _PIXELS)
        for plane, level in zip(self._frame.planes, _BLACK, strict=True):
            plane.update(bytes([level]) * plane.buffer_size)
        self._planes = [memoryview(plane).cast("B") for plane in self._frame.planes]
        self._latest: VideoFrame | None = None
        self._drawn = 0

    def show(self, frame: VideoFrame, until: float) -> None:
        """From `until`, counted in tiles, on it is `frame` that is seen; before, the one of the last call."""
        self._draw_to(until, otherwise=frame)
        self._latest = frame

    def finished(self) -> VideoFrame:
        self._draw_to(self._tiles, otherwise=self._latest)
        return self._frame

    def _draw_to(self, end: float, otherwise: VideoFrame | None) -> None:
        shown = self._latest or otherwise
        if shown is None or self._drawn >= min(end, self._tiles):
            return
        tile = self._shape(shown)
        while self._drawn < min(end, self._tiles):
            self._put(tile, self._drawn)
            self._drawn += 1

    def _put(self, tile: VideoFrame, number: int) -> None:
        row, column = divmod(number, COLUMNS)
        for index, (target, source) in enumerate(zip(self._planes, tile.planes, strict=True)):
            half = 1 if index == 0 else 2
            width, height = self._width // half, self._height // half
            pixels, line = memoryview(source).cast("B"), self._frame.planes[index].line_size
            for y in range(height):
                at = (row * height + y) * line + column * width
                target[at : at + width] = pixels[y * source.line_size :][:width]
