"""A recording of several segments is settled as one: by copying, or encoded anew in the media lane."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.lib.ids import new_id
from bothways.media.actions import joining, recordings, renditions, uploads
from bothways.media.actions.recordings import create_recording, settle, settle_left_over
from bothways.media.models import Recording, RecordingState, RenditionKind
from bothways.media.steps.failure import MediaFailure
from bothways.media.store import get_store
from bothways.work.actions import jobs
from bothways.work.models import Job, JobState, Lane
from tests.factories import Cast
from tests.media import samples
from tests.media.making import decoded_seconds, make_recording

Received = Callable[..., Recording]


@pytest.fixture
def received(cast: Cast) -> Received:
    """Several segments, in through the verbs. None stands for one that nothing arrived of."""

    def receive(*contents: bytes | Path | None) -> Recording:
        recording = create_recording(
            organization=cast.organization, kind="video", declared_mime="video/webm", segments=None
        )
        later = timezone.now() + dt.timedelta(hours=1)
        for number, content in enumerate(contents, 1):
            upload, _ = uploads.issue_upload(recording=recording, segment=number, max_bytes=10**9, expires_at=later)
            data = content.read_bytes() if isinstance(content, Path) else content
            if data is not None:
                with get_store().write_at(upload.store_key, 0) as writer:
                    writer.write(data)
            uploads.close_upload(upload_id=upload.id)
        uploads.end_recording(recording_id=recording.id)
        recording.refresh_from_db()
        assert recording.state == RecordingState.RECEIVED
        return recording

    return receive


def run(recording: Recording) -> Recording:
    """All jobs that make it watchable, as the lanes do them."""
    while job := Job.objects.filter(name__in=("media.settle", "media.join"), state=JobState.WAITING).first():
        jobs.run(str(job.id))
    recording.refresh_from_db()
    return recording


def jobs_of(recording: Recording) -> list[tuple[str, str]]:
    of_it = Job.objects.filter(key=f"recording:{recording.id}").order_by("created_at")
    return [found for found in of_it.values_list("name", "lane") if found[0] in ("media.settle", "media.join")]


def playable(recording: Recording) -> Path:
    with get_store().local_path(recording.renditions.get(kind=RenditionKind.PLAYABLE).store_key) as path:
        return path


def test_segments_of_one_recorder_are_watchable_from_the_short_lane(received: Received) -> None:
    recording = run(received(samples.FIREFOX_WEBM, samples.FIREFOX_WEBM))
    assert recording.state == RecordingState.READY
    assert jobs_of(recording) == [("media.settle", Lane.SHORT)]
    assert recording.duration_ms == pytest.approx(2 * 8059, abs=5)
    assert (recording.container, recording.salvaged) == ("webm", False)
    assert max(decoded_seconds(playable(recording)).values()) == pytest.approx(16.1, abs=0.1)
    assert recording.size == 2 * samples.FIREFOX_WEBM.stat().st_size


def test_every_original_is_kept_as_it_came(received: Received) -> None:
    recording = run(received(samples.FIREFOX_WEBM, b"words", samples.FIREFOX_WEBM))
    stored = [b"".join(get_store().open_range(u.store_key, 0, 10**8)) for u in recording.uploads.order_by("segment")]
    assert stored == [samples.FIREFOX_WEBM.read_bytes(), b"words", samples.FIREFOX_WEBM.read_bytes()]


def test_what_does_not_fit_is_encoded_in_the_media_lane(received: Received, tmp_path: Path) -> None:
    small = make_recording(tmp_path / "small", seconds=2, form="mp4", picture="libx264", sound="aac")
    recording = run(received(make_recording(tmp_path / "first", seconds=2), small))
    assert recording.state == RecordingState.READY
    assert jobs_of(recording) == [("media.settle", Lane.SHORT), ("media.join", Lane.MEDIA)]
    assert (recording.container, recording.video_codec, recording.audio_codec) == ("mp4", "h264", "aac")
    assert recording.duration_ms == pytest.approx(4000, abs=120)
    kinds = dict(recording.renditions.values_list("kind", "store_key"))
    assert kinds[RenditionKind.UNIVERSAL] == kinds[RenditionKind.PLAYABLE], "it plays everywhere already"


@pytest.mark.parametrize("bad", [None, b"", b"words", b"\x1a\x45\xdf\xa3"], ids=["nothing", "empty", "words", "header"])
def test_a_segment_that_cannot_be_played_costs_only_itself(received: Received, bad: bytes | None) -> None:
    recording = run(received(bad, samples.FIREFOX_WEBM))
    assert recording.state == RecordingState.READY
    assert recording.duration_ms == pytest.approx(8059, abs=5)
    assert recording.salvaged == bool(bad)


def test_a_damaged_segment_is_salvaged(received: Received) -> None:
    data = samples.FIREFOX_WEBM.read_bytes()
    recording = run(received(samples.FIREFOX_WEBM, data[: len(data) // 2] + bytes(500), samples.FIREFOX_WEBM))
    assert recording.state == RecordingState.READY
    assert 18_000 < recording.duration_ms < 23_000


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ((b"words", b"more words"), "not_media"),
        ((None, None), "empty"),
        ((b"\x1a\x45\xdf\xa3", b"x"), "nothing_playable"),
    ],
    ids=["words", "nothing", "headers"],
)
def test_nothing_that_can_be_played_fails_it_with_words(received: Received, contents: tuple, code: str) -> None:
    recording = run(received(*contents))
    assert (recording.state, recording.failure_code) == (RecordingState.FAILED, code)


def test_a_segment_that_kills_the_step_takes_no_other_with_it(received: Received, monkeypatch) -> None:
    """The step for all dies; looked at one by one, the bad one is found and the others are saved."""
    recording = received(samples.FIREFOX_WEBM, b"this one kills", samples.FIREFOX_WEBM)
    make_joined, make_watchable = joining.make_joined, joining.make_watchable

    def die_of_three(sources, folder):
        if len(sources) == 3:
            raise MediaFailure("crashed", "SIGSEGV")
        return make_joined(sources, folder)

    def die_of_one(source, folder):
        if source.read_bytes() == b"this one kills":
            raise MediaFailure("crashed", "SIGSEGV")
        return make_watchable(source, folder)

    monkeypatch.setattr(joining, "make_joined", die_of_three)
    monkeypatch.setattr(joining, "make_watchable", die_of_one)
    recording = run(recording)
    assert (recording.state, recording.salvaged) == (RecordingState.READY, True)
    assert recording.duration_ms == pytest.approx(2 * 8059, abs=5)
    assert jobs_of(recording)[-1] == ("media.join", Lane.MEDIA)


def test_a_passing_failure_is_tried_again(received: Received, monkeypatch) -> None:
    recording = received(samples.FIREFOX_WEBM, samples.FIREFOX_WEBM)

    def busy(sources, folder):
        raise MediaFailure("too_slow", "busy", permanent=False)

    with monkeypatch.context() as broken, pytest.raises(MediaFailure):
        broken.setattr(joining, "make_joined", busy)
        settle(recording_id=recording.id)
    recording.refresh_from_db()
    assert (recording.state, recording.failure_code) == (RecordingState.RECEIVED, "too_slow")
    assert run(recording).state == RecordingState.READY


def test_joining_twice_is_joining_once(received: Received) -> None:
    recording = run(received(samples.FIREFOX_WEBM, samples.FIREFOX_WEBM))
    at = recording.settled_at
    settle(recording_id=recording.id)
    recordings.join(recording_id=recording.id)
    recording.refresh_from_db()
    assert (recording.settled_at, recording.renditions.count()) == (at, 1)
    verbs = AuditEntry.objects.filter(thing_id=str(recording.id)).values_list("verb", flat=True)
    assert sorted(verbs) == ["recording.ready", "recording.received"]


def test_a_join_that_waits_is_left_alone_and_one_that_was_lost_is_asked_for_again(received: Received) -> None:
    recording = received(samples.FIREFOX_WEBM, samples.CHROMIUM_MP4)
    jobs.run(str(Job.objects.get(name="media.settle").id))
    Recording.objects.update(received_at=timezone.now() - dt.timedelta(hours=1))
    assert settle_left_over() == 0, "it waits in the media lane"
    Job.objects.filter(name="media.join").delete()
    assert settle_left_over() == 1
    assert Job.objects.filter(name="media.settle", state=JobState.WAITING).count() == 1
    Job.objects.filter(state=JobState.WAITING).delete()
    recordings.ask_to_join(recording=recording)
    Job.objects.filter(name="media.join").update(state=JobState.FAILED)
    assert settle_left_over() == 1
    recording.refresh_from_db()
    assert (recording.state, recording.failure_code) == (RecordingState.FAILED, "crashed")


@pytest.mark.django_db
def test_a_recording_that_is_gone_is_nobodys_work() -> None:
    settle(recording_id=new_id())
    recordings.join(recording_id=new_id())


def test_what_plays_everywhere_is_as_large_as_the_largest_segment(received: Received, tmp_path: Path) -> None:
    small = make_recording(tmp_path / "small", seconds=1, size=(320, 180))
    large = make_recording(tmp_path / "large", seconds=1, size=(640, 360))
    recording = run(received(small, large))
    assert (recording.container, recording.width, recording.height) == ("webm", 640, 360)
    renditions.add_universal(recording_id=recording.id)
    made = recording.renditions.get(kind=RenditionKind.UNIVERSAL)
    with get_store().local_path(made.store_key) as path, av.open(str(path)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (640, 360)


def test_whoever_waits_for_a_join_comes_before_what_can_be_watched_already(received: Received) -> None:
    watchable = run(received(samples.FIREFOX_WEBM))
    waiting = received(samples.FIREFOX_WEBM, samples.CHROMIUM_MP4)
    settle(recording_id=waiting.id)
    universal = Job.objects.get(name="media.universal", key=f"recording:{watchable.id}")
    jobs.run(str(universal.id))
    universal.refresh_from_db()
    waiting.refresh_from_db()
    assert (universal.state, waiting.state) == (JobState.WAITING, RecordingState.READY)
