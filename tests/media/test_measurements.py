"""The measurement of a ready recording, as the job makes it and others read it."""

import datetime as dt

import pytest
from django.utils import timezone

from bothways.media.actions import measurements
from bothways.media.actions.measurements import add_measurement
from bothways.media.measurement import Finding, Measurement, as_json, from_json
from bothways.media.models import Recording, RecordingState
from bothways.media.queries.measurements import findings, gain_db, is_being_measured, measurement_of, silences
from bothways.media.steps.failure import MediaFailure
from bothways.work.actions import jobs
from bothways.work.models import Job
from tests.media import samples
from tests.media.sounding import record, silence, speech

UNKNOWN = Measurement()


def measured(recording):
    add_measurement(recording_id=recording.id)
    recording.refresh_from_db()
    return recording


def test_a_recording_is_ready_before_it_is_measured_and_the_job_does_the_rest(ready):
    recording = ready(samples.CHROMIUM_WEBM)
    assert (recording.state, recording.measurement) == (RecordingState.READY, None)
    assert is_being_measured(recording)
    assert (measurement_of(recording), gain_db(recording), findings(recording)) == (UNKNOWN, None, ())
    jobs.run_all_due()
    recording.refresh_from_db()
    assert not is_being_measured(recording)
    assert gain_db(recording) == pytest.approx(16.1, abs=0.3)
    assert findings(recording) == ()
    assert recording.renditions.filter(kind="peaks").count() == 1
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_a_silent_one_is_found_and_not_raised(ready, tmp_path):
    recording = measured(ready(record(tmp_path / "source", silence(4))))
    assert findings(recording) == (Finding.NO_SOUND,)
    assert gain_db(recording) is None
    assert silences(recording) == ((0, recording.duration_ms),)


def test_waiting_for_it_ends(ready, tmp_path):
    recording = ready(record(tmp_path / "source", silence(1)))
    recording.settled_at = timezone.now() - dt.timedelta(minutes=2)
    assert not is_being_measured(recording)


def test_measuring_again_decodes_nothing(ready, tmp_path, monkeypatch):
    recording = measured(ready(record(tmp_path / "source", speech(2))))

    def make(*_given, **_more):
        raise AssertionError("measured twice")

    monkeypatch.setattr(measurements, "make_measurement", make)
    assert measured(recording).measurement == recording.measurement


def test_a_passing_failure_is_left_to_the_job_and_after_a_permanent_one_nothing_is_known(ready, tmp_path, monkeypatch):
    recording = ready(record(tmp_path / "source", speech(2)))

    def failing(permanent):
        def make(source, folder, memory_mb):
            raise MediaFailure("crashed", "SIGKILL", permanent=permanent)

        return make

    monkeypatch.setattr(measurements, "make_measurement", failing(False))
    with pytest.raises(MediaFailure):
        add_measurement(recording_id=recording.id)
    monkeypatch.setattr(measurements, "make_measurement", failing(True))
    recording = measured(recording)
    assert measurement_of(recording) == UNKNOWN
    assert findings(recording) == ()
    assert not is_being_measured(recording)


def test_what_is_stored_is_what_is_read(ready, tmp_path):
    known = Measurement(-21.5, -3.0, -15.2, True, None, False, ((0, 2100), (8000, 11_000)))
    recording = ready(record(tmp_path / "source", speech(1)))
    Recording.objects.filter(id=recording.id).update(measurement=as_json(known))
    assert measurement_of(Recording.objects.get(id=recording.id)) == known == from_json(as_json(known))


def test_a_dark_stretch_between_segments_is_not_told(ready, tmp_path):
    """A weak line leaves the voice alone, and the picture that is missing then is drawn black."""
    recording = ready(record(tmp_path / "source", speech(1)))
    recording.measurement = as_json(Measurement(has_sound=True, has_speech=True, is_black=True))
    assert findings(recording) == (Finding.BLACK_PICTURE,)
    recording.segments = 2
    assert findings(recording) == ()
