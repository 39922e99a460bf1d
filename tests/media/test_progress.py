"""How far a recording has come: each step with its own time, and three queries however many there are."""

import datetime as dt

import pytest
from django.utils import timezone

from bothways.media.actions.recordings import settle, settle_left_over
from bothways.media.actions.transcripts import fail_transcript
from bothways.media.models import Recording, Rendition
from bothways.media.queries.progress import stops_of
from bothways.work.actions import jobs
from bothways.work.models import Job, JobState
from tests.factories.preparing import make_transcript
from tests.media import samples
from tests.media.making import make_recording


def told(recording: Recording) -> list[tuple[str, str]]:
    recording.refresh_from_db()
    stops = stops_of(recording.organization_id, [recording])[recording.id]
    assert all((stop.at is None) == (stop.standing == "waiting") for stop in stops)
    return [(stop.step, stop.standing) for stop in stops]


def test_from_arriving_to_words(received, cast, tmp_path):
    recording = received(make_recording(tmp_path / "source", seconds=1))
    Recording.objects.update(language="en")
    waiting = [(step, "waiting") for step in ("checked", "watchable", "universal", "words")]
    assert told(recording) == [("received", "done"), *waiting]
    settle(recording_id=recording.id)
    assert told(recording)[2:] == [("watchable", "done"), ("universal", "waiting"), ("words", "waiting")]
    jobs.run_all_due(["media"])
    assert told(recording)[3:] == [("universal", "done"), ("words", "waiting")]
    make_transcript(recording)
    assert told(recording)[4] == ("words", "done")
    stops = stops_of(recording.organization_id, [recording])[recording.id]
    times = [stop.at for stop in stops]
    assert times == sorted(times)
    recording.refresh_from_db()
    assert [times[0], times[1], times[2]] == [recording.received_at, recording.checked_at, recording.settled_at]
    assert times[3] == Rendition.objects.get(kind="universal").created_at


def test_without_a_language_there_are_no_words_to_wait_for(received):
    assert "words" not in [step for step, _standing in told(received(samples.FIREFOX_WEBM))]


def test_what_is_no_recording_ends_where_it_failed(received):
    recording = received(b"RIFF or not, this is a letter")
    settle(recording_id=recording.id)
    assert told(recording) == [("received", "done"), ("checked", "done"), ("watchable", "failed")]


def test_what_could_never_be_looked_at_was_not_checked(received):
    recording = received(samples.FIREFOX_WEBM)
    Recording.objects.update(received_at=timezone.now() - dt.timedelta(hours=1))
    Job.objects.create(
        organization=recording.organization,
        name="media.settle",
        key=f"recording:{recording.id}",
        lane="short",
        state=JobState.FAILED,
        due_at=timezone.now(),
    )
    settle_left_over()
    assert told(recording) == [("received", "done"), ("checked", "failed")]


def test_an_encode_and_words_that_failed_are_told(received, cast):
    recording = received(samples.FIREFOX_WEBM)
    Recording.objects.update(language="en")
    settle(recording_id=recording.id)
    Job.objects.filter(name="media.universal").update(state=JobState.FAILED, ended_at=timezone.now())
    fail_transcript(recording=recording, engine="none", detail="no engine")
    assert told(recording)[3:] == [("universal", "failed"), ("words", "failed")]


def test_another_organization_learns_nothing(received, cast):
    recording = received(samples.FIREFOX_WEBM)
    settle(recording_id=recording.id)
    jobs.run_all_due(["media"])
    recording.refresh_from_db()
    stops = stops_of(cast.other_organization.id, [recording])[recording.id]
    assert [stop.standing for stop in stops][3] == "waiting"


@pytest.mark.parametrize("count", [1, 5])
def test_the_number_of_queries_does_not_grow(received, django_assert_num_queries, count):
    recordings = [received(samples.FIREFOX_WEBM) for _ in range(count)]
    with django_assert_num_queries(3):
        stops_of(recordings[0].organization_id, recordings)
