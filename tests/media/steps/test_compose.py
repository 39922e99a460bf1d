"""Sides of a talk are put together at the same moment, whenever each began and however its clock ran."""

from statistics import median

import pytest

from bothways.media.steps.calls import Side, compose, make_poster, make_sound
from bothways.media.steps.failure import MediaFailure
from tests.media import samples
from tests.media.talk import beeps, make_side, pictures

MOST_APART_MS = 100


def far_apart(path, show=""):
    """How far the two sides are from one another, in picture and sound; printed, because figures tell more."""
    shown = [seen.tiles for seen in pictures(path) if None not in seen.tiles]
    seen = [right - left for left, right in shown]
    left, right = beeps(path, 0), beeps(path, 1)
    heard = [min((at - other for at in left), key=abs) for other in right if other <= left[-1] + 1000]
    print(  # noqa: T201 - the figures of the run
        f"{show}: picture {min(seen)}..{max(seen)} ms, median {median(seen)}, of {len(seen)}; "
        f"sound {min(heard):.0f}..{max(heard):.0f} ms, of {len(heard)} beeps"
    )
    return seen, heard


def test_sides_that_begin_apart_and_whose_clocks_run_apart_are_shown_and_heard_together(tmp_path):
    # One part in a hundred is in 9 s what a bad clock loses in a quarter of an hour: 90 ms.
    first = make_side(tmp_path / "a.webm", starts=100.0, seconds=9, size=(180, 90))
    second = make_side(tmp_path / "b.mp4", starts=103.0, seconds=9, rate_ppm=10_000, frames=25)
    sides = [Side(first, 0, 100.0, 9), Side(second, 1, 103.0, 9, 10_000)]
    made = compose(sides, [(100.0, 111.0)], tmp_path)
    assert (made.width, made.height, made.mime, made.duration_ms) == (1280, 360, "video/mp4", 11_000)
    shown = pictures(made.path)
    # Before the second one came it is dark, and after the first one left, too.
    assert all(seen.tiles[1] is None for seen in shown if seen.at_ms < 2900)
    assert all(seen.tiles[0] is None for seen in shown if seen.at_ms > 9200)
    for seen in shown:
        assert all(abs(ms - 100_000 - seen.at_ms) < 1.5 * MOST_APART_MS for ms in seen.tiles if ms is not None)
    seen, heard = far_apart(made.path, "3 s late, clock 1 % fast")
    assert len(seen) > 100 and len(heard) == 3
    assert max(map(abs, seen)) < MOST_APART_MS and max(map(abs, heard)) < MOST_APART_MS


def test_only_the_stretches_are_in_it_one_after_another(tmp_path):
    first = make_side(tmp_path / "a.mp4", starts=100.0, seconds=10)
    second = make_side(tmp_path / "b.mp4", starts=100.5, seconds=9, pitch=440)
    made = compose([Side(first, 0, 100, 10), Side(second, 1, 100.5, 9)], [(102.0, 103.0), (107.0, 109.0)], tmp_path)
    assert made.duration_ms == 3000
    for seen in pictures(made.path):
        wanted = 102_000 + seen.at_ms + (4000 if seen.at_ms >= 1000 else 0)
        assert all(abs(ms - wanted) < MOST_APART_MS for ms in seen.tiles)
    # Even seconds of the talk: 102, then 108.
    assert beeps(made.path, 1) == pytest.approx([0, 2000], abs=30)


def test_a_side_that_comes_back_goes_on_in_its_place(tmp_path):
    stays = make_side(tmp_path / "a.mp4", starts=100.0, seconds=6)
    before = make_side(tmp_path / "b1.mp4", starts=100.0, seconds=2)
    after = make_side(tmp_path / "b2.mp4", starts=104.0, seconds=2)
    sides = [Side(stays, 0, 100, 6), Side(before, 1, 100, 2), Side(after, 1, 104, 2)]
    shown = pictures(compose(sides, [(100.0, 106.0)], tmp_path).path)
    dark = [seen.at_ms for seen in shown if seen.tiles[1] is None]
    assert dark and min(dark) > 1900 and max(dark) < 4100
    assert all(abs(seen.tiles[1] - 100_000 - seen.at_ms) < MOST_APART_MS for seen in shown if seen.at_ms > 4200)


def test_three_people_are_heard_in_the_middle_and_seen_in_a_grid(tmp_path):
    sides = [
        Side(make_side(tmp_path / f"{number}.mp4", starts=100, seconds=3, picture=number != 2), number, 100, 3)
        for number in range(3)
    ]
    made = compose(sides, [(100.0, 103.0)], tmp_path)
    assert (made.width, made.height) == (960, 540)
    last = pictures(made.path, columns=2, rows=2)[-1].tiles
    assert [ms is None for ms in last] == [False, False, True, True]
    assert beeps(made.path, 0) == pytest.approx([0, 2000], abs=30)


def test_everybodys_voice_is_kept_by_itself_in_the_time_of_the_whole(tmp_path):
    sides = [
        Side(make_side(tmp_path / "a.mp4", starts=100, seconds=3, pitch=440, picture=False), 0, 100, 3),
        Side(make_side(tmp_path / "b.mp4", starts=102, seconds=3, pitch=1760, picture=False), 1, 102, 3),
        Side(make_side(tmp_path / "c.mp4", starts=104, seconds=1, pitch=880, picture=False), 2, 104, 1),
    ]
    made = compose(sides, [(101.0, 103.0), (103.9, 105.0)], tmp_path)
    assert made.duration_ms == 3100
    begins = []
    for track in range(3):
        (own := tmp_path / str(track)).mkdir()
        sound, lasts_ms = make_sound(made.voices, own, track=track)
        assert abs(lasts_ms - 3100) < 100
        begins.append(beeps(sound, 0))
    # Beeps with each even second: the first has left before 104, the third comes then.
    assert [pytest.approx(one, abs=60) for one in begins] == [[1000], [1000, 2100], [2100]]


def test_one_side_alone_is_the_whole_picture_and_voices_alone_make_a_sound_file(tmp_path):
    one = make_side(tmp_path / "a.mp4", starts=0, seconds=2)
    made = compose([Side(one, 3, 0, 2)], [(0.0, 2.0)], tmp_path)
    assert (made.width, made.height) == (640, 360)
    assert make_poster(made.path, tmp_path) is not None
    voices = [Side(make_side(tmp_path / f"v{n}.webm", starts=0, seconds=2, picture=False), n, 0, 2) for n in (0, 1)]
    made = compose(voices, [(0.0, 2.0)], tmp_path)
    assert (made.mime, made.video_codec, made.width) == ("audio/mp4", "", None)


def test_the_same_sides_give_the_same_file(tmp_path):
    one = make_side(tmp_path / "a.mp4", starts=0, seconds=2)
    made = []
    for folder in (tmp_path / "1", tmp_path / "2"):
        folder.mkdir()
        made.append(compose([Side(one, 0, 0, 2), Side(one, 1, 0.5, 2)], [(0.0, 2.0)], folder).path.read_bytes())
    assert made[0] == made[1]


def test_what_browsers_record_is_taken_and_what_is_none_is_refused_in_words(tmp_path):
    sides = [Side(samples.FIREFOX_WEBM, 0, 0, 2), Side(samples.CHROMIUM_MP4, 1, 0.2, 2)]
    assert compose(sides, [(0.0, 2.0)], tmp_path).duration_ms == 2000
    (broken := tmp_path / "no.webm").write_bytes(b"\x1a\x45\xdf\xa3" + bytes(200))
    with pytest.raises(MediaFailure) as caught:
        compose([Side(broken, 0, 0, 2)], [(0.0, 2.0)], tmp_path)
    assert caught.value.permanent
