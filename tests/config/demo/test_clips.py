"""The drawn people of the demonstration speak, and their clips pass through the media steps like anybody's."""

import numpy as np
import pytest

from bothways.config.demo.clips import make_clip
from bothways.config.demo.drawing import coverage, path
from bothways.config.demo.people import CANDIDATES, PLANNERS, TEAM
from bothways.config.demo.pictures import MOUTHS, PEOPLE
from bothways.media.steps.calls import make_measurement, make_poster, make_watchable
from tests.media.making import decoded_seconds


@pytest.mark.parametrize(("container", "codecs"), [("webm", ("vp8", "opus")), ("mp4", ("h264", "opus"))])
def test_a_clip_is_what_a_browser_records(tmp_path, container, codecs):
    clip = make_clip(tmp_path, "chau", 4, 0, container)
    watchable = make_watchable(clip, tmp_path)
    assert (watchable.video_codec, watchable.audio_codec) == codecs
    assert watchable.duration_ms == pytest.approx(4000, abs=100)
    assert decoded_seconds(watchable.path)["audio"] == pytest.approx(4.0, abs=0.1)
    assert make_poster(clip, tmp_path).exists()
    assert make_measurement(clip, tmp_path)[0].findings == ()


@pytest.mark.parametrize("person", PEOPLE)
def test_a_mouth_opens_and_eyes_close_and_nothing_else_moves(person):
    still = PEOPLE[person].frame(0, False, (0, 0)).astype(int)
    for frame in (PEOPLE[person].frame(MOUTHS - 1, False, (0, 0)), PEOPLE[person].frame(0, True, (0, 0))):
        moved = np.abs(frame - still).max(axis=2) > 12
        assert 100 < moved.sum() < 5000


def test_everybody_in_the_stories_can_be_drawn():
    wanted = {person.person for person in (*TEAM, *CANDIDATES, *PLANNERS)} - {""}
    assert wanted <= set(PEOPLE)


def test_a_filled_outline_covers_its_area_with_smooth_edges():
    _, inside = coverage(path("M10.5 10h20v20h-20z"), 100, 100)
    assert inside.sum() == pytest.approx(400)
    _, circle = coverage(path("M50 30c11.05 0 20 8.95 20 20s-8.95 20-20 20-20-8.95-20-20 8.95-20 20-20z"), 100, 100)
    assert circle.sum() == pytest.approx(np.pi * 400, rel=0.01)
