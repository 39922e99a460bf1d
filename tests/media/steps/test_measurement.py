"""One pass over a recording: how loud, where silent, whether anybody speaks, whether the picture is black."""

import wave

import numpy as np
import pyloudnorm
import pytest

from bothways.media.measurement import Finding
from bothways.media.steps.calls import make_measurement
from tests.media import samples
from tests.media.making import make_recording
from tests.media.sounding import RATE, heard, noise, record, silence, speech, tone


@pytest.fixture
def measured(tmp_path):
    def measure(sound, **making):
        return make_measurement(record(tmp_path / "source", sound, **making), tmp_path)[0]

    return measure


def foreign_loudness(path):
    """As two loudspeakers play it."""
    sound = heard(path)
    return pyloudnorm.Meter(RATE).integrated_loudness(np.stack([sound, sound], axis=1))


@pytest.mark.parametrize("gain_db", [10, 0, -15, -30])
def test_loudness_agrees_with_a_foreign_meter(tmp_path, gain_db):
    source = record(tmp_path / "source", speech(gain_db=gain_db), picture=None)
    measurement, _peaks = make_measurement(source, tmp_path)
    assert measurement.loudness_lufs == pytest.approx(foreign_loudness(source), abs=0.2)


def test_the_peak_is_that_of_the_wave_and_not_of_the_samples(tmp_path):
    # A quarter of the sample rate, an eighth turn off: no sample comes within 3 dB of the peak.
    swing = 0.5 * np.sin(2 * np.pi * (np.arange(3 * RATE) / 4 + 1 / 8))
    assert abs(swing).max() < 0.36
    source = record(tmp_path / "source", swing, picture=None)
    measurement, _peaks = make_measurement(source, tmp_path)
    assert measurement.true_peak_dbtp == pytest.approx(-6.0, abs=1.0)


def test_one_channel_and_two_equal_ones_are_as_loud(tmp_path):
    samples_of_one = (speech(5) * 32_767).astype("<i2")
    one, two = tmp_path / "one.wav", tmp_path / "two.wav"
    for path, channels in ((one, 1), (two, 2)):
        with wave.open(str(path), "wb") as file:
            file.setnchannels(channels)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(np.repeat(samples_of_one, channels).tobytes())
    found = [make_measurement(source, tmp_path)[0].loudness_lufs for source in (one, two)]
    assert found[0] == pytest.approx(found[1], abs=0.1)


@pytest.mark.parametrize("sample", [samples.CHROMIUM_WEBM, samples.CHROMIUM_MP4, samples.FIREFOX_WEBM, samples.CUT_MP4])
def test_nothing_is_missing_from_what_browsers_record(tmp_path, sample):
    assert make_measurement(sample, tmp_path)[0].findings == ()


@pytest.mark.parametrize(
    "sound",
    [
        speech(gain_db=-15),
        speech(gain_db=-25),
        speech(gain_db=10),
        speech() + noise(12, -25),
        np.concatenate([silence(20), speech()[RATE * 5 // 4 : RATE * 2], silence(20)]),
        np.concatenate([part for _ in range(6) for part in (speech()[RATE * 5 // 4 : RATE * 7 // 5], silence(0.7))]),
    ],
    ids=["quiet", "very quiet", "cut off", "5 dB noise", "a word in 40 s", "stuttering"],
)
def test_who_speaks_is_never_told_otherwise(measured, sound):
    assert measured(sound, picture=None).findings == ()


@pytest.mark.parametrize(
    ("sound", "finding"),
    [
        (silence(5), Finding.NO_SOUND),
        (noise(5, -75), Finding.NO_SOUND),
        (tone(8), Finding.NO_SPEECH),
        (tone(8, 100) + tone(8, 200, 0.2), Finding.NO_SPEECH),
        (noise(8, -30), Finding.NO_SPEECH),
    ],
    ids=["silent", "hiss of a muted microphone", "tone", "hum", "a fan"],
)
def test_what_cannot_be_heard_is_found(measured, sound, finding):
    assert measured(sound, picture=None).findings == (finding,)


def test_a_picture_without_a_sound_track_is_silent(measured):
    measurement = measured(None, seconds=5)
    assert measurement.findings == (Finding.NO_SOUND,)
    assert measurement.silences == ((0, 5000),)
    assert measurement.gain_db is None


@pytest.mark.parametrize(
    ("picture", "is_black"),
    [("bars", False), ("frozen", False), ("dim", False), ("black", True), ("covered", True), (None, None)],
)
def test_a_black_picture_is_found_and_a_still_or_dim_one_is_none(measured, picture, is_black):
    measurement = measured(speech(6), picture=picture)
    assert measurement.is_black is is_black
    assert (Finding.BLACK_PICTURE in measurement.findings) is bool(is_black)


def test_a_lens_that_is_covered_for_a_while_is_no_fault(tmp_path):
    source = make_recording(tmp_path / "source", seconds=10, dark_seconds=6)
    assert make_measurement(source, tmp_path)[0].is_black is False


def test_silences_stand_where_they_are(measured):
    """Four seconds of a quiet room after six of speech, two more at the end."""
    room = noise(4, -65)
    measurement = measured(np.concatenate([speech(6), room, speech(5), room[: 2 * RATE + RATE // 2]]))
    (first, second) = measurement.silences
    assert first == (pytest.approx(6000, abs=400), pytest.approx(10_000, abs=400))
    assert second == (pytest.approx(15_000, abs=400), pytest.approx(17_500, abs=150))


def test_gain_brings_all_to_the_same_and_stops_before_hiss(measured):
    assert measured(speech(gain_db=-15)).gain_db == pytest.approx(17.0, abs=1.0)
    assert measured(speech(gain_db=8)).gain_db == pytest.approx(-6.0, abs=1.0)
    assert measured(speech(gain_db=-35)).gain_db == 30.0
    assert measured(silence(3)).gain_db is None
