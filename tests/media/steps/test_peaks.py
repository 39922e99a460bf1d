import json

import pytest

from bothways.media.steps.calls import make_measurement
from tests.media.making import make_recording


@pytest.mark.parametrize(
    "making",
    [{}, {"form": "mp4", "picture": "libx264", "sound": "aac"}, {"picture": None, "form": "wav", "sound": "pcm_s16le"}],
    ids=["webm", "mp4", "wav"],
)
def test_peaks_follow_the_loudness_twenty_times_a_second(tmp_path, making):
    _measurement, file = make_measurement(make_recording(tmp_path / "source", seconds=4, **making), tmp_path)
    levels = json.loads(file.read_text())
    assert levels["per_second"] == 20
    peaks = levels["peaks"]
    assert len(peaks) == pytest.approx(80, abs=2)
    loud, silent = peaks[3:17] + peaks[43:57], peaks[24:37] + peaks[64:77]
    assert min(loud) > 40
    assert max(silent) < 3


def test_a_picture_alone_has_no_peaks(tmp_path):
    _measurement, file = make_measurement(make_recording(tmp_path / "source", sound=None), tmp_path)
    assert file is None
