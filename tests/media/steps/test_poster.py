from fractions import Fraction

import av
import pytest

from bothways.media.steps.calls import make_poster
from bothways.media.steps.failure import MediaFailure
from tests.media import samples
from tests.media.making import make_recording


def grays_of(poster):
    with av.open(str(poster)) as container:
        frame = next(container.decode(video=0))
        levels = bytes(frame.reformat(16, 16, "gray", threads=1).planes[0])
        return frame.width, frame.height, sum(levels) / len(levels)


def test_a_poster_is_a_small_jpeg(tmp_path):
    poster = make_poster(samples.CHROMIUM_WEBM, tmp_path)
    assert poster.read_bytes().startswith(b"\xff\xd8\xff")
    assert grays_of(poster)[:2] == (640, 360)


def test_black_pictures_are_passed_over(tmp_path):
    poster = make_poster(make_recording(tmp_path / "source", seconds=6, dark_seconds=4), tmp_path)
    assert grays_of(poster)[2] > 60


def test_of_darkness_there_is_none(tmp_path):
    assert make_poster(make_recording(tmp_path / "source", seconds=3, dark_seconds=3), tmp_path) is None


def test_it_is_not_the_first_picture(tmp_path):
    """The bars move on with each frame: what stands at the left edge tells which one it is."""
    source = make_recording(tmp_path / "source", seconds=3, form="mp4", picture="libx264", sound=None)
    with av.open(str(source)) as container:
        pictures = {round(float(f.pts * f.time_base), 2): left_edge(f) for f in container.decode(video=0)}
    with av.open(str(make_poster(source, tmp_path))) as container:
        seen = left_edge(next(container.decode(video=0)))
    assert seen == pytest.approx(pictures[1.5], abs=6)
    assert abs(seen - pictures[0]) > 20


def left_edge(frame):
    return bytes(frame.reformat(format="gray", threads=1).planes[0])[0]


def test_a_very_short_recording_shows_its_last_picture(tmp_path):
    poster = make_poster(make_recording(tmp_path / "source", seconds=0.5, dark_seconds=0.3), tmp_path)
    assert grays_of(poster)[2] > 60


# Where the bright corner, recorded at the top of the start side, is seen: row and column of four quarters.
@pytest.mark.parametrize(("rotation", "corner"), [(0, (0, 0)), (90, (1, 0)), (180, (1, 1)), (270, (0, 1))])
def test_a_poster_stands_upright(tmp_path, rotation, corner):
    source = record_bright_corner(tmp_path / "source", rotation)
    with av.open(str(make_poster(source, tmp_path))) as container:
        plane = next(container.decode(video=0)).reformat(16, 16, "gray", threads=1).planes[0]
    grays = bytes(plane)
    quarters = {
        (row, column): grays[(4 + 8 * row) * plane.line_size + 4 + 8 * column] for row in (0, 1) for column in (0, 1)
    }
    assert max(quarters, key=quarters.__getitem__) == corner


def record_bright_corner(path, rotation):
    frame = av.VideoFrame(320, 180, "gray")
    bright, dull = bytes([230] * 160 + [40] * 160), bytes([40] * 320)
    pad = bytes(frame.planes[0].line_size - 320)
    frame.planes[0].update((bright + pad) * 90 + (dull + pad) * 90)
    with av.open(str(path), "w", format="mp4") as out:
        track = out.add_stream("libx264", rate=10, width=320, height=180, pix_fmt="yuv420p")
        if rotation:
            track.set_display_rotation(rotation)
        for number in range(20):
            picture = frame.reformat(format="yuv420p", threads=1)
            picture.pts, picture.time_base = number, Fraction(1, 10)
            out.mux(track.encode(picture))
        out.mux(track.encode(None))
    return path


def test_sound_alone_has_no_poster(tmp_path):
    with pytest.raises(MediaFailure) as failure:
        make_poster(samples.WEBKIT_SOUND, tmp_path)
    assert failure.value.code == "nothing_playable"
