"""A received recording is settled: ready to watch, or failed with a reason; the original is kept."""

import datetime as dt
import errno

import pytest
from django.utils import timezone, translation

from bothways.accounts.models import AuditEntry
from bothways.media.actions import recordings
from bothways.media.actions.recordings import ask_to_settle, settle, settle_left_over
from bothways.media.models import Recording, RecordingState, RenditionKind
from bothways.media.queries.recordings import failure_words
from bothways.media.steps.failure import CODES, MediaFailure
from bothways.media.store import StoreFull, get_store
from bothways.work.actions import jobs
from bothways.work.models import Job, JobState
from tests.media import samples
from tests.media.making import make_recording


def logged(recording):
    entries = AuditEntry.objects.filter(organization=recording.organization, thing_id=str(recording.id))
    return [entry.verb for entry in entries.order_by("sequence")]


def settled(recording):
    settle(recording_id=recording.id)
    recording.refresh_from_db()
    return recording


def asked_for(recording):
    return set(Job.objects.filter(key=f"recording:{recording.id}").values_list("name", "lane"))


def test_a_recording_becomes_ready_with_what_was_measured(received):
    recording = settled(received(samples.CHROMIUM_WEBM))
    assert recording.state == RecordingState.READY
    assert (recording.container, recording.video_codec, recording.audio_codec) == ("webm", "vp8", "opus")
    assert (recording.width, recording.height, recording.duration_ms) == (1280, 720, 10_271)
    assert not recording.salvaged
    playable = recording.renditions.get(kind=RenditionKind.PLAYABLE)
    assert playable.mime == "video/webm"
    assert get_store().size(playable.store_key) == playable.size
    assert asked_for(recording) == {
        ("media.poster", "short"),
        ("media.measurement", "short"),
        ("media.sprites", "media"),
        ("media.universal", "media"),
    }
    assert logged(recording) == ["recording.ready"]


def test_the_original_is_kept_as_it_came(received):
    for sample in (samples.CHROMIUM_WEBM, samples.LICENCES):
        recording = settled(received(sample))
        with get_store().local_path(recording.original_key) as path:
            assert path.read_bytes() == sample.read_bytes()


def test_settling_twice_is_settling_once(received):
    recording = settled(received(samples.CHROMIUM_MP4))
    at = recording.settled_at
    assert settled(recording).settled_at == at
    assert recording.renditions.count() == 1
    assert logged(recording) == ["recording.ready"]


def test_two_who_settle_at_the_same_time_settle_it_once(received, monkeypatch):
    recording = received(samples.CHROMIUM_MP4)
    make = recordings.make_watchable

    def overtaken(source, folder):
        monkeypatch.setattr(recordings, "make_watchable", make)
        settle(recording_id=recording.id)
        return make(source, folder)

    monkeypatch.setattr(recordings, "make_watchable", overtaken)
    assert settled(recording).state == RecordingState.READY
    assert recording.renditions.count() == 1
    assert logged(recording) == ["recording.ready"]


def test_what_is_still_arriving_is_left_alone(received):
    recording = received(samples.CHROMIUM_WEBM)
    Recording.objects.filter(id=recording.id).update(state=RecordingState.RECEIVING)
    assert settled(recording).state == RecordingState.RECEIVING


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"words, not pictures", "not_media"), (b"\x1a\x45\xdf\xa3", "nothing_playable")],
)
def test_an_unusable_file_fails_at_once_with_words(received, content, code):
    recording = settled(received(content))
    assert (recording.state, recording.failure_code) == (RecordingState.FAILED, code)
    assert asked_for(recording) == set()
    assert logged(recording) == ["recording.failed"]


def test_bytes_that_are_gone_fail_it_as_empty(received):
    recording = received(samples.CHROMIUM_WEBM)
    get_store().delete(recording.original_key)
    assert settled(recording).failure_code == "empty"


def test_a_cut_recording_is_ready_with_its_healthy_beginning(received):
    data = samples.CHROMIUM_MP4.read_bytes()
    recording = settled(received(data[: len(data) // 2]))
    assert recording.state == RecordingState.READY
    assert 4_000 < recording.duration_ms < 6_000


def run_settling(recording):
    """Let the job run, and fail, until the engine gives up."""
    ask_to_settle(recording=recording)
    while Job.objects.filter(name="media.settle", state=JobState.WAITING).update(due_at=timezone.now()):
        jobs.run(str(Job.objects.get(name="media.settle").id))


def become_old(recording):
    Recording.objects.filter(id=recording.id).update(received_at=timezone.now() - dt.timedelta(hours=1))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MediaFailure("too_slow", "the machine is busy", permanent=False), "too_slow"),
        (MediaFailure("crashed", "SIGKILL", permanent=False), "crashed"),
        (StoreFull("no room"), "disk_full"),
        (OSError(errno.ENOSPC, "no room for scratch"), "disk_full"),
    ],
    ids=["busy machine", "short of memory", "full store", "full disk"],
)
def test_a_passing_failure_is_tried_again_and_in_the_end_told_in_words(received, monkeypatch, error, code):
    recording = received(samples.CHROMIUM_WEBM)
    tries = []

    def fail(source, folder):
        tries.append(source)
        raise error

    monkeypatch.setattr(recordings, "make_watchable", fail)
    run_settling(recording)
    assert len(tries) == 5
    become_old(recording)
    recording.refresh_from_db()
    assert recording.state == RecordingState.RECEIVED
    assert settle_left_over() == 1
    recording.refresh_from_db()
    assert (recording.state, recording.failure_code) == (RecordingState.FAILED, code)
    assert recording.failure_detail


def test_a_faulty_disk_says_nothing_about_the_recording(received, monkeypatch):
    recording = received(samples.CHROMIUM_WEBM)

    def fail(source, folder):
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(recordings, "make_watchable", fail)
    with pytest.raises(OSError, match="input/output"):
        settle(recording_id=recording.id)
    recording.refresh_from_db()
    assert (recording.state, recording.failure_code) == (RecordingState.RECEIVED, "")


def test_a_passing_failure_that_passes_leaves_no_trace(received, monkeypatch):
    recording = received(samples.CHROMIUM_WEBM)
    with monkeypatch.context() as broken, pytest.raises(MediaFailure):
        broken.setattr(recordings, "make_watchable", lambda source, folder: exec_disk_full())
        settle(recording_id=recording.id)
    recording.refresh_from_db()
    assert recording.failure_code == "disk_full"
    assert (settled(recording).state, recording.failure_code) == (RecordingState.READY, "")


def exec_disk_full():
    raise MediaFailure("disk_full", "no room", permanent=False)


def test_a_lost_job_is_asked_for_again(received):
    recording = received(samples.CHROMIUM_WEBM)
    assert settle_left_over() == 0, "it arrived only now"
    become_old(recording)
    assert settle_left_over() == 1
    assert asked_for(recording) == {("media.settle", "short")}
    assert settle_left_over() == 0, "somebody is about to work on it"


def test_what_kills_its_worker_each_time_is_failed_in_the_end(received):
    recording = received(samples.CHROMIUM_WEBM)
    ask_to_settle(recording=recording)
    Job.objects.update(attempts=5)
    jobs.run(str(Job.objects.get().id))
    become_old(recording)
    settle_left_over()
    recording.refresh_from_db()
    assert (recording.state, recording.failure_code) == (RecordingState.FAILED, "crashed")


def test_looking_for_what_was_left_over_costs_two_queries(received, django_assert_num_queries):
    for _ in range(3):
        become_old(received(b"x"))
        with django_assert_num_queries(2):
            recordings.waiting_for_settlement(timezone.now())


@pytest.mark.parametrize("code", sorted(CODES | {"given_up"}))
def test_every_failure_has_words_that_say_what_is_safe(code):
    with translation.override("en"):
        words = failure_words(code)
    assert "safe" in words or "kept" in words
    assert "!" not in words


def test_sound_that_is_too_short_for_a_poster_is_still_ready(received, tmp_path):
    recording = settled(received(make_recording(tmp_path / "source", seconds=0.2, picture=None)))
    assert recording.state == RecordingState.READY
    assert asked_for(recording) == {("media.measurement", "short"), ("media.universal", "media")}
