"""The sheet of small pictures: each tile shows its moment, upright, in a file that holds nothing else."""

import av
import pytest

from bothways.media.sprites import COLUMNS, MOST_TILES, every_ms, tile_count
from bothways.media.steps.calls import make_sprites
from bothways.media.steps.failure import MediaFailure
from tests.media import samples
from tests.media.making import make_recording

MP4 = {"form": "mp4", "picture": "libx264", "sound": None, "rate": 5}


def sheet_of(path):
    """Width, height, and the mean gray of each tile of the sheet."""
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0)).reformat(format="gray", threads=1)
    plane = frame.planes[0]
    data, line = bytes(plane), plane.line_size

    def mean(column, row, width, height):
        rows = [data[(row * height + y) * line + column * width :][:width] for y in range(height)]
        return sum(map(sum, rows)) / (width * height)

    return frame.width, frame.height, mean


def test_each_tile_shows_its_moment(tmp_path):
    source = make_recording(tmp_path / "source", seconds=58, dark_seconds=12, **MP4)
    width, height, mean = sheet_of(make_sprites(source, tmp_path, duration_ms=58_000))
    assert (width, height) == (COLUMNS * 160, 2 * 90)
    lit = [mean(n % COLUMNS, n // COLUMNS, 160, 90) > 60 for n in range(12)]
    # Seconds 0, 5 and 10 are dark, 15 to 55 are lit.
    assert lit == [False] * 3 + [True] * 9
    assert mean(2, 1, 160, 90) < 20, "the rest of the last row is black"


def test_pictures_stand_upright_and_keep_their_proportions(tmp_path):
    source = make_recording(tmp_path / "source", seconds=3, rotation=90, **MP4)
    assert sheet_of(make_sprites(source, tmp_path, duration_ms=3_000))[:2] == (COLUMNS * 90, 160)


def test_what_a_browser_recorded(tmp_path):
    made = make_sprites(samples.FIREFOX_WEBM, tmp_path, duration_ms=8_000)
    width, height, mean = sheet_of(made)
    assert (width, height) == (COLUMNS * 160, 90)
    assert mean(0, 0, 160, 90) > 20
    assert b"Firefox" not in made.read_bytes()


def test_a_long_recording_has_no_more_tiles_but_wider_apart():
    assert (every_ms(1), tile_count(1)) == (5_000, 1)
    assert (every_ms(500_000), tile_count(500_000)) == (5_000, 100)
    assert (every_ms(35 * 60_000), tile_count(35 * 60_000)) == (21_000, MOST_TILES)
    assert all(tile_count(ms) <= MOST_TILES for ms in range(400_000, 2_200_000, 777))


def test_a_voice_has_no_pictures(tmp_path):
    with pytest.raises(MediaFailure) as failure:
        make_sprites(samples.WEBKIT_SOUND, tmp_path, duration_ms=4_000)
    assert failure.value.code == "nothing_playable"
