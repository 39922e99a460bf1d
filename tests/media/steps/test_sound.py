"""The sound that engines for speech get: 16 kHz, mono, in the time of the playable recording."""

import numpy as np
import pytest

from bothways.media.steps.calls import make_sound, make_watchable
from bothways.media.steps.failure import MediaFailure
from tests.media import samples
from tests.media.making import make_recording
from tests.media.speech.voices import RATE, read_wav


def loudness(path, second: float) -> float:
    begin = round((second + 0.1) * RATE)
    return float(np.abs(read_wav(path)[begin : begin + round(0.8 * RATE)]).max()) / 32768


@pytest.mark.parametrize(
    "making",
    [
        {},
        {"form": "mp4", "picture": "libx264", "sound": "aac"},
        {"picture": None, "form": "wav", "sound": "pcm_s16le"},
        {"picture": None, "form": "webm", "starts_at": 7.0},
    ],
    ids=["webm", "mp4", "wav", "clock begins late"],
)
def test_it_is_as_long_as_the_recording_and_loud_where_that_is(tmp_path, making):
    wav, lasts_ms = make_sound(make_recording(tmp_path / "source", seconds=4, **making), tmp_path)
    assert lasts_ms == pytest.approx(4000, abs=60)
    assert [loudness(wav, second) > 0.3 for second in range(4)] == [True, False, True, False]


@pytest.mark.parametrize("sample", [samples.CHROMIUM_WEBM, samples.CHROMIUM_MP4], ids=["webm", "mp4"])
def test_the_rest_is_what_the_whole_has_there(tmp_path, sample):
    rooms = [tmp_path / name for name in ("whole", "rest", "playable")]
    for room in rooms:
        room.mkdir()
    whole, lasts_ms = make_sound(sample, rooms[0])
    rest, rest_ms = make_sound(sample, rooms[1], from_ms=4000)
    assert rest_ms == lasts_ms - 4000
    first, second = read_wav(whole)[4 * RATE :].astype(float), read_wav(rest).astype(float)
    assert np.corrcoef(first, second)[0, 1] > 0.99
    playable, _ = make_sound(make_watchable(sample, rooms[2]).path, rooms[2], from_ms=4000)
    assert np.corrcoef(second, read_wav(playable)[: len(second)].astype(float))[0, 1] > 0.99


def test_beyond_the_end_there_is_nothing(tmp_path):
    _, lasts_ms = make_sound(make_recording(tmp_path / "source", seconds=2), tmp_path, from_ms=9000)
    assert lasts_ms == 0


def test_what_has_arrived_of_a_recording_can_be_heard(tmp_path):
    _, lasts_ms = make_sound(samples.CUT_WEBM, tmp_path)
    assert lasts_ms > 2000


def test_a_picture_alone_has_no_sound(tmp_path):
    with pytest.raises(MediaFailure) as failure:
        make_sound(make_recording(tmp_path / "source", sound=None), tmp_path)
    assert failure.value.code == "nothing_playable"
