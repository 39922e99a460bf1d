"""Speech is heard while it is being recorded; after the stop only the tail is left, and nothing is lost or doubled."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.utils import timezone

from bothways.media.actions import listening, uploads
from bothways.media.actions.recordings import create_recording
from bothways.media.models import Listening, Recording, RecordingState, Transcript, Upload
from bothways.media.store import get_store
from bothways.media.utterances import from_json
from bothways.work.actions import jobs
from bothways.work.actions.jobs import TryLater
from bothways.work.models import Job, JobState, Lane
from tests.factories import Cast
from tests.media.speech.voices import AUSTEN, CITIES, RATE, as_recorded, error_rate, silence, speech, words_said
from tests.parts import MODEL

SEAMS_AT_MOST = 0.05
APART_MS = 300


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SPEECH_MODEL", str(MODEL))


def open_upload(cast: Cast, language: str = "en") -> Upload:
    recording = create_recording(
        organization=cast.organization, kind="audio", declared_mime="audio/webm", segments=None, language=language
    )
    later = timezone.now() + dt.timedelta(hours=1)
    return uploads.issue_upload(recording=recording, max_bytes=10**9, expires_at=later)[0]


def arriving(upload: Upload, path: Path, seconds: float) -> Iterator[float]:
    """Second after second of the file is written, as a recorder sends it; gives the second that has arrived."""
    data = path.read_bytes()
    size = len(data) / seconds
    for second in range(1, round(seconds) + 1):
        with get_store().write_at(upload.store_key, round((second - 1) * size)) as writer:
            writer.write(data[round((second - 1) * size) : round(second * size)])
        yield second
    with get_store().write_at(upload.store_key, round(round(seconds) * size)) as writer:
        writer.write(data[round(round(seconds) * size) :])


def record(upload: Upload, path: Path, seconds: float) -> Recording:
    """All of it arrives; the words lane looks as often as it asks to. Then the stop, and all jobs that follow."""
    next_look = listening.ENOUGH.total_seconds()
    for second in arriving(upload, path, seconds):
        if second >= next_look:
            with pytest.raises(TryLater) as later:
                listening.listen(recording_id=upload.recording_id)
            next_look = second + later.value.delay.total_seconds()
    return stop(upload)


def stop(upload: Upload) -> Recording:
    uploads.close_upload(upload_id=upload.id)
    uploads.end_recording(recording_id=upload.recording_id)
    jobs.run_all_due([Lane.SHORT])
    return Recording.objects.get(id=upload.recording_id)


def said(transcript: Transcript) -> list[str]:
    text = " ".join(utterance.text for utterance in from_json(transcript.machine))
    return re.findall(r"[a-z0-9']+", text.lower().replace("mr.", "mister").replace("-", " "))


@pytest.mark.needs_speech
def test_heard_in_pieces_it_says_what_the_whole_says(model, cast, tmp_path):
    sound = np.concatenate([speech(AUSTEN), silence(1.5), speech(CITIES), silence(1)])
    seconds = len(sound) / RATE
    path = as_recorded(tmp_path / "answer.webm", sound)
    upload = open_upload(cast)
    recording = record(upload, path, seconds)
    begun = Listening.objects.get(recording=recording)
    tail_ms = recording.duration_ms - begun.heard_ms
    assert 0 < tail_ms < 30_000 < begun.heard_ms
    before = from_json(begun.utterances)
    jobs.run_all_due([Lane.WORDS])
    transcript = Transcript.objects.get(recording=recording)
    in_pieces = from_json(transcript.machine)
    assert in_pieces[: len(before)] == before
    assert not Listening.objects.exists()
    words = [word for utterance in in_pieces for word in utterance.words]
    assert [word.start_ms for word in words] == sorted(word.start_ms for word in words)
    assert error_rate(words_said(AUSTEN) + words_said(CITIES), said(transcript)) <= SEAMS_AT_MOST

    whole = open_upload(cast)
    for _ in arriving(whole, path, seconds):
        pass
    assert stop(whole).state == RecordingState.READY
    jobs.run_all_due([Lane.WORDS])
    at_once = Transcript.objects.get(recording=whole.recording_id)
    assert error_rate(said(at_once), said(transcript)) <= SEAMS_AT_MOST
    starts = {word.text: word.start_ms for utterance in from_json(at_once.machine) for word in utterance.words}
    once = [word for word in words if sum(other.text == word.text for other in words) == 1 and word.text in starts]
    assert len(once) > 30
    # A word or two is put elsewhere when the engine hears other words around it.
    apart = sorted(abs(word.start_ms - starts[word.text]) for word in once)
    assert apart[int(len(apart) * 0.95)] <= APART_MS


@pytest.mark.needs_speech
def test_of_two_who_hear_the_same_one_is_kept(model, cast, tmp_path):
    upload = open_upload(cast)
    sound = np.concatenate([speech(AUSTEN), silence(1)])
    for _ in arriving(upload, as_recorded(tmp_path / "answer.webm", sound), len(sound) / RATE):
        pass
    engine = listening.get_engine()
    stale = listening._so_far(upload.recording, engine)
    with pytest.raises(TryLater):
        listening.listen(recording_id=upload.recording_id)
    kept = Listening.objects.get()
    listening._hear_more(upload, engine, stale, 1)
    assert Listening.objects.values().get() == Listening.objects.filter(id=kept.id).values().get()
    assert (kept.utterances, kept.heard_ms) == (Listening.objects.get().utterances, Listening.objects.get().heard_ms)


@pytest.mark.needs_speech
def test_where_nothing_comes_nothing_is_decoded_and_at_last_nobody_looks(model, cast, tmp_path, monkeypatch):
    upload = open_upload(cast)
    for _ in arriving(upload, as_recorded(tmp_path / "answer.webm", silence(5)), 5):
        pass
    with pytest.raises(TryLater):
        listening.listen(recording_id=upload.recording_id)
    decoded = []
    monkeypatch.setattr(listening, "make_sound", lambda *_, **__: decoded.append(1))
    with pytest.raises(TryLater) as later:
        listening.listen(recording_id=upload.recording_id)
    assert later.value.delay == listening.ENOUGH
    Listening.objects.update(arrived_at=timezone.now() - listening.PATIENCE - dt.timedelta(seconds=1))
    assert listening.listen(recording_id=upload.recording_id) is None
    assert decoded == []


@pytest.mark.needs_speech
def test_several_segments_are_heard_after_they_are_joined(model, cast, tmp_path):
    upload = open_upload(cast)
    sounds = [np.concatenate([speech(AUSTEN), silence(1)]), np.concatenate([speech(CITIES)[: 16 * RATE], silence(1)])]
    for _ in arriving(upload, as_recorded(tmp_path / "1.webm", sounds[0]), len(sounds[0]) / RATE):
        pass
    with pytest.raises(TryLater):
        listening.listen(recording_id=upload.recording_id)
    assert Listening.objects.get().utterances
    uploads.close_upload(upload_id=upload.id)
    later = timezone.now() + dt.timedelta(hours=1)
    second, _ = uploads.issue_upload(recording=upload.recording, segment=2, max_bytes=10**9, expires_at=later)
    for _ in arriving(second, as_recorded(tmp_path / "2.webm", sounds[1]), len(sounds[1]) / RATE):
        pass
    assert listening.listen(recording_id=upload.recording_id) is None
    recording = stop(second)
    assert recording.state == RecordingState.READY
    jobs.run_all_due([Lane.WORDS])
    transcript = Transcript.objects.get(recording=recording)
    heard = said(transcript)
    assert heard[:3] == ["and", "mister", "john"]
    second_one = next(utterance for utterance in from_json(transcript.machine) if "best of times" in utterance.text)
    begins_ms = (len(sounds[0]) / RATE + 1.2) * 1000
    assert second_one.start_ms == pytest.approx(begins_ms, abs=400)
    assert not Listening.objects.exists()


def test_it_is_asked_for_with_the_first_segment_in_a_lane_of_its_own(cast):
    upload = open_upload(cast)
    job = Job.objects.get(name="media.listen")
    assert (job.lane, job.state, job.payload) == (
        Lane.WORDS,
        JobState.WAITING,
        {"recording_id": str(upload.recording_id)},
    )
    assert job.due_at > timezone.now() + listening.ENOUGH / 2


def test_without_a_language_nobody_listens(cast):
    open_upload(cast, language="")
    assert not Job.objects.filter(name="media.listen").exists()


def test_with_an_endpoint_or_without_engine_nobody_listens(cast, monkeypatch):
    monkeypatch.setattr(settings, "SPEECH_ENGINE", "none")
    open_upload(cast)
    assert not Job.objects.exists()
    monkeypatch.setattr(settings, "SPEECH_ENGINE", "endpoint")
    upload = open_upload(cast)
    assert listening.listen(recording_id=upload.recording_id) is None
    assert not Listening.objects.exists()
