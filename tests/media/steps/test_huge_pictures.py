"""A picture too large to decode is refused by its size, before a decoder takes the memory for it."""

from fractions import Fraction

import av
import pytest

from bothways.media.steps.calls import make_poster, make_universal, make_watchable
from bothways.media.steps.failure import MediaFailure


def one_picture(path, form, codec, width, height, pixels):
    """A file with a single picture, evenly light: what a new frame holds is whatever was in memory."""
    with av.open(str(path), "w", format=form) as out:
        track = out.add_stream(codec, rate=1, width=width, height=height, pix_fmt=pixels)
        track.codec_context.thread_count = 1
        if codec == "libx264":
            track.options = {"preset": "ultrafast"}
        frame = av.VideoFrame(width, height, pixels)
        for plane in frame.planes:
            plane.update(b"\xc8" * plane.buffer_size)
        frame.pts, frame.time_base = 0, Fraction(1)
        out.mux([*track.encode(frame), *track.encode(None)])
    return path


@pytest.fixture(scope="module")
def huge(tmp_path_factory):
    folder = tmp_path_factory.mktemp("huge")
    return {
        "mjpeg in mkv": one_picture(folder / "mjpeg", "matroska", "mjpeg", 16_000, 16_000, "yuvj420p"),
        "h264 in mp4": one_picture(folder / "mp4", "mp4", "libx264", 8192, 8192, "yuv420p"),
        "h264 in mkv": one_picture(folder / "mkv", "matroska", "libx264", 8192, 8192, "yuv420p"),
        "long strip": one_picture(folder / "strip", "matroska", "mjpeg", 16_000, 16, "yuvj420p"),
    }


@pytest.mark.parametrize("name", ["mjpeg in mkv", "h264 in mp4", "h264 in mkv", "long strip"])
@pytest.mark.parametrize("step", ["watchable", "poster", "universal"])
def test_huge_pictures_are_refused(huge, tmp_path, name, step):
    steps = {
        "watchable": make_watchable,
        "poster": make_poster,
        "universal": make_universal,
    }
    with pytest.raises(MediaFailure) as failure:
        steps[step](huge[name], tmp_path)
    assert (failure.value.code, failure.value.permanent) == ("picture_too_large", True)


def test_a_header_that_lies_about_the_size_gains_nothing(huge, tmp_path):
    data = huge["mjpeg in mkv"].read_bytes()
    small, large = (320).to_bytes(2, "big"), (16_000).to_bytes(2, "big")
    # EBML elements PixelWidth (b0) and PixelHeight (ba), two bytes long.
    source = tmp_path / "answer.mkv"
    source.write_bytes(
        data.replace(b"\xb0\x82" + large, b"\xb0\x82" + small).replace(b"\xba\x82" + large, b"\xba\x82" + small)
    )
    assert source.read_bytes() != data
    with pytest.raises(MediaFailure) as failure:
        make_poster(source, tmp_path)
    assert failure.value.code == "picture_too_large"


def test_the_largest_picture_allowed_is_shown(tmp_path):
    source = one_picture(tmp_path / "source", "mp4", "libx264", 4096, 2304, "yuv420p")
    assert make_watchable(source, tmp_path).width == 4096
    assert make_poster(source, tmp_path).exists()
