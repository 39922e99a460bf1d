"""One still picture that shows the person: lit, not the first frame, which is often half-built; none of darkness."""

from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

from av.video.frame import VideoFrame

from bothways.media.steps.decoding import frames_of
from bothways.media.steps.failure import NOTHING_PLAYABLE, MediaFailure
from bothways.media.steps.jpeg import write_jpeg
from bothways.media.steps.opening import open_media, picture_of
from bothways.media.steps.shaping import Shaper, fitting_size

LONG_SIDE = 640
_FIRST_LOOK_SECONDS, _LOOK_EVERY_SECONDS, _GIVE_UP_SECONDS = 1.5, 0.5, 60.0
# Of 256 levels of gray: darker or flatter than this is a covered lens or a camera that is still waking up.
_DARKEST_MEAN, _FLATTEST_SPREAD = 28.0, 10.0
# And this is black: there is nothing to see.
_BLACK_MEAN, _BLACK_SPREAD = 20.0, 6.0


def make_poster(source: Path, folder: Path) -> dict[str, Any]:
    """Write `folder`/poster.jpg, at most LONG_SIDE pixels wide or high. "name" is None where all is black."""
    with open_media(source) as container:
        picture = picture_of(container)
        if picture is None:
            raise MediaFailure(NOTHING_PLAYABLE, "there is no picture to show")
        best: VideoFrame | None = None
        best_score, next_look = -1.0, _FIRST_LOOK_SECONDS
        latest: VideoFrame | None = None
        for frame in frames_of(container, picture):
            moment = float(frame.pts * frame.time_base)
            if moment < next_look:
                latest = frame
                continue
            next_look = moment + _LOOK_EVERY_SECONDS
            mean, spread = _light(frame)
            if min(mean, spread) > best_score:
                best, best_score = frame, min(mean, spread)
            if (mean > _DARKEST_MEAN and spread > _FLATTEST_SPREAD) or moment > _GIVE_UP_SECONDS:
                break
        chosen = best or latest
        if chosen is None:
            raise MediaFailure(NOTHING_PLAYABLE, "no picture could be decoded")
        mean, spread = _light(chosen)
        if mean < _BLACK_MEAN and spread < _BLACK_SPREAD:
            return {"name": None}
        target = folder / "poster.jpg"
        width, height = fitting_size(chosen, LONG_SIDE, LONG_SIDE)
        write_jpeg(Shaper(width, height, "yuvj420p", chosen.time_base)(chosen), target)
    return {"name": target.name}


def _light(frame: VideoFrame) -> tuple[float, float]:
    """Mean and spread of the gray levels, 0 to 255, of a thumbnail of the frame."""
    width, height = 32, 18
    plane = frame.reformat(width, height, "gray", threads=1).planes[0]
    data = bytes(plane)
    grays = [level for row in range(height) for level in data[row * plane.line_size :][:width]]
    return fmean(grays), pstdev(grays)
