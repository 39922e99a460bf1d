"""A step that was taken over by its input may say what it likes: nothing of it is believed unseen."""

import json

import pytest

from bothways.media.steps import process
from bothways.media.steps.calls import make_joined, make_poster, make_watchable, measure
from bothways.media.steps.failure import MediaFailure
from tests.media import samples

HONEST = {
    "name": "playable.webm",
    "container": "webm",
    "mime": "video/webm",
    "duration_ms": 1000,
    "width": 640,
    "height": 360,
    "video_codec": "vp8",
    "audio_codec": "opus",
    "salvaged": False,
}


@pytest.fixture
def taken_over(tmp_path, monkeypatch):
    """Have the process of a step do this instead, in the folder it writes in."""
    (tmp_path / "out").mkdir()
    (tmp_path / "secret").write_text("of the server")

    def take_over(program):
        monkeypatch.setattr(process, "ENTRY", program)
        return tmp_path / "out"

    return take_over


def saying(line):
    """A program that makes a file and says this."""
    said = line if isinstance(line, str) else json.dumps(line)
    return f"open('playable.webm', 'w').close(); print({said!r})"


def crashed(run, *arguments):
    with pytest.raises(MediaFailure) as failure:
        run(*arguments)
    return failure.value.code == "crashed" and failure.value.permanent


def test_what_an_honest_step_says_is_believed(taken_over):
    folder = taken_over(saying({"done": HONEST}))
    watchable = make_watchable(samples.CHROMIUM_WEBM, folder)
    assert (watchable.path, watchable.mime, watchable.width) == (folder / "playable.webm", "video/webm", 640)


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "[" * 60_000,
        "null",
        "[]",
        "{}",
        '{"done": "yes"}',
        '{"done": {}, "duration_ms": NaN',
        '{"progress": "half"}',
        '{"progress": 1e999}',
        '{"failed": {"code": "all_is_well", "detail": "", "permanent": true}}',
        '{"failed": {"code": "crashed"}}',
        "x" * 100_000,
    ],
    ids=lambda line: line[:30],
)
def test_lines_that_are_no_answer(taken_over, line):
    assert crashed(make_watchable, samples.CHROMIUM_WEBM, taken_over(saying(line)))


@pytest.mark.parametrize(
    "lie",
    [
        {"name": "../secret"},
        {"name": "/etc/passwd"},
        {"name": ".."},
        {"name": "."},
        {"name": ""},
        {"name": "not-there.webm"},
        {"name": "playable.webm\0.txt"},
        {"name": None},
        {"name": 7},
        {"container": "html"},
        {"mime": "text/html"},
        {"mime": "video/webm\r\nSet-Cookie: a=b"},
        {"duration_ms": -1},
        {"duration_ms": 2**31},
        {"duration_ms": 1.5},
        {"duration_ms": True},
        {"duration_ms": "long"},
        {"width": 10**30},
        {"height": -4},
        {"video_codec": "<script>"},
        {"audio_codec": "a" * 200},
        {"audio_codec": None},
    ],
    ids=str,
)
def test_answers_that_cannot_be(taken_over, lie):
    assert crashed(make_watchable, samples.CHROMIUM_WEBM, taken_over(saying({"done": HONEST | lie})))


@pytest.mark.parametrize("program", ["os.symlink('../secret', 'made')", "os.mkfifo('made')", "os.mkdir('made')"])
def test_only_a_file_of_its_own_is_taken(taken_over, program):
    folder = taken_over(f'import os; {program}; print(\'{{"done": {{"name": "made"}}}}\')')
    assert crashed(make_poster, samples.CHROMIUM_WEBM, folder)


def test_other_answers_are_looked_at_too(taken_over):
    folder = taken_over(saying({"done": HONEST | {"fits": True, "mime": "text/html", "duration_ms": "9"}}))
    assert crashed(make_joined, [samples.CHROMIUM_WEBM], folder)
    assert crashed(measure, [samples.CHROMIUM_WEBM], folder)


def test_a_reason_may_hold_nothing_that_a_database_refuses(taken_over):
    reason = {"code": "not_media", "detail": "a\0b\ud800c\x1b[31m", "permanent": True}
    with pytest.raises(MediaFailure) as failure:
        make_watchable(samples.CHROMIUM_WEBM, taken_over(saying({"failed": reason})))
    assert failure.value.detail == "a�b�c�[31m"
