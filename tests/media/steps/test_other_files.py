"""No recording makes the server read another file."""

import pytest

from bothways.media.steps.calls import make_poster, make_universal, make_watchable
from bothways.media.steps.failure import MediaFailure
from tests.media import samples
from tests.media.watching import watched

STEPS = {
    "watchable": make_watchable,
    "poster": make_poster,
    "universal": make_universal,
}


@pytest.fixture
def canary(tmp_path):
    """A real recording that a playlist or script could pull in."""
    path = tmp_path / "canary.webm"
    path.write_bytes(samples.FIREFOX_WEBM.read_bytes())
    return path


def test_the_watch_notices_an_opened_file(canary):
    with watched(canary) as watch:
        assert not watch.was_opened()
        canary.read_bytes()
        assert watch.was_opened()


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "script",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\n{canary}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{canary}'\n",
        "ffconcat version 1.0\nfile canary.webm\n",
        "#EXTM3U\n#EXTINF:8,\nconcat:{canary}|{canary}\n",
        "<?xml version='1.0'?><MPD><BaseURL>file://{canary}</BaseURL></MPD>",
    ],
    ids=["hls", "ffconcat", "ffconcat beside it", "concat protocol", "dash"],
)
def test_scripts_under_a_video_name_open_nothing(tmp_path, canary, step, script):
    source = tmp_path / "answer.webm"
    source.write_text(script.format(canary=canary))
    with watched(canary) as watch:
        with pytest.raises(MediaFailure) as failure:
            STEPS[step](source, tmp_path)
        assert not watch.was_opened()
    assert failure.value.code == "not_media"
