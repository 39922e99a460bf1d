import datetime as dt

import av
import pytest

from bothways.media.actions import renditions
from bothways.media.actions.measurements import add_measurement
from bothways.media.actions.recordings import ask_to_settle
from bothways.media.actions.renditions import add_poster, add_sprites, add_universal, ask_for_voice_now
from bothways.media.models import RenditionKind
from bothways.media.steps.failure import MediaFailure
from bothways.media.store import get_store
from bothways.work.actions import jobs
from bothways.work.models import Job, JobState
from tests.media import samples
from tests.media.making import make_recording


def mimes_of(recording):
    return {rendition.kind: rendition.mime for rendition in recording.renditions.all()}


def test_the_jobs_make_everything_else(ready, tmp_path):
    recording = ready(make_recording(tmp_path / "source", seconds=2))
    assert jobs.run_all_due() == 5
    assert mimes_of(recording) == {
        "playable": "video/webm",
        "poster": "image/jpeg",
        "peaks": "application/json",
        "universal": "video/mp4",
        "sprites": "image/jpeg",
        "voice": "audio/mp4",
    }
    for rendition in recording.renditions.all():
        assert get_store().size(rendition.store_key) == rendition.size
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_what_plays_everywhere_is_not_encoded_again(ready, tmp_path):
    recording = ready(make_recording(tmp_path / "source", form="mp4", picture="libx264", sound="aac"))
    playable, universal = (recording.renditions.get(kind=kind) for kind in ("playable", "universal"))
    assert universal.store_key == playable.store_key
    assert not Job.objects.filter(name="media.universal").exists()


def test_sound_alone_gets_no_poster(ready):
    recording = ready(samples.WEBKIT_SOUND)
    jobs.run_all_due()
    assert mimes_of(recording) == {
        "playable": "audio/mp4",
        "universal": "audio/mp4",
        "voice": "audio/mp4",
        "peaks": "application/json",
    }


@pytest.mark.parametrize("add", [add_poster, add_measurement, add_sprites, add_universal])
def test_making_it_twice_makes_it_once(ready, tmp_path, add):
    recording = ready(make_recording(tmp_path / "source", seconds=1))
    add(recording_id=recording.id)
    add(recording_id=recording.id)
    assert recording.renditions.count() == 2


def test_a_recording_that_is_not_ready_gets_nothing(received):
    recording = received(samples.CHROMIUM_WEBM)
    add_poster(recording_id=recording.id)
    assert recording.renditions.count() == 0


def test_a_passing_failure_is_left_to_the_job_and_a_permanent_one_is_not_tried_again(ready, tmp_path, monkeypatch):
    recording = ready(make_recording(tmp_path / "source", seconds=1))

    def failing(permanent):
        def make(source, folder, memory_mb):
            raise MediaFailure("crashed", "SIGKILL", permanent=permanent)

        return make

    monkeypatch.setattr(renditions, "make_poster", failing(False))
    with pytest.raises(MediaFailure):
        add_poster(recording_id=recording.id)
    monkeypatch.setattr(renditions, "make_poster", failing(True))
    jobs.run_all_due(["short"])
    job = Job.objects.get(name="media.poster")
    assert (job.state, job.attempts, job.error) == (JobState.FAILED, 1, "crashed: SIGKILL")
    assert not recording.renditions.filter(kind=RenditionKind.POSTER).exists()


def test_where_all_is_black_there_is_no_poster_and_nothing_failed(ready, tmp_path):
    recording = ready(make_recording(tmp_path / "source", seconds=2, dark_seconds=2))
    jobs.run_all_due()
    assert "poster" not in mimes_of(recording)
    assert Job.objects.get(name="media.poster").state == JobState.DONE


def test_the_voice_is_copied_from_what_plays_everywhere(ready, tmp_path):
    recording = ready(make_recording(tmp_path / "source", seconds=2))
    jobs.run_all_due()
    universal, voice = (
        packets_of(recording.renditions.get(kind=kind)) for kind in (RenditionKind.UNIVERSAL, RenditionKind.VOICE)
    )
    assert voice == universal


def test_the_voice_of_an_old_recording_is_made_before_what_plays_everywhere(ready, tmp_path):
    """Somebody waits to hear it without its picture, of which only the copy is there yet."""
    recording = ready(make_recording(tmp_path / "source", seconds=2))
    Job.objects.all().delete()
    for _time in range(2):
        ask_for_voice_now(recording=recording)
    assert [job.name for job in Job.objects.all()] == ["media.voice"]
    jobs.run_all_due()
    voice = recording.renditions.get(kind=RenditionKind.VOICE)
    assert not recording.renditions.filter(kind=RenditionKind.UNIVERSAL).exists()
    with get_store().local_path(voice.store_key) as path, av.open(str(path)) as container:
        assert [stream.type for stream in container.streams] == ["audio"]
    Job.objects.all().delete()
    ask_for_voice_now(recording=recording)
    assert not Job.objects.exists()


def packets_of(rendition):
    with get_store().local_path(rendition.store_key) as path, av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def test_of_several_the_shortest_is_encoded_first_and_the_longest_is_not_left_for_ever(ready, tmp_path):
    seconds = {3: 3, 1: 1, 2: 2}
    recordings = {s: ready(make_recording(tmp_path / f"{s}", seconds=s)) for s in seconds}
    encodes = Job.objects.filter(name="media.universal")
    by_id = {str(recording.id): seconds for seconds, recording in recordings.items()}
    order = [by_id[job.payload["recording_id"]] for job in encodes.order_by("turn_at")]
    assert order == [1, 2, 3]
    long_ago = encodes.get(key=f"recording:{recordings[3].id}")
    long_ago.turn_at -= dt.timedelta(minutes=2)
    long_ago.save()
    assert encodes.order_by("turn_at").first() == long_ago


def test_a_picture_to_copy_goes_before_one_to_encode(ready, tmp_path):
    encoded = ready(make_recording(tmp_path / "encoded", seconds=1))
    copied = ready(make_recording(tmp_path / "copied", seconds=2, form="matroska", picture="libx264"))
    order = [job.key for job in Job.objects.filter(name="media.universal").order_by("turn_at")]
    assert order == [f"recording:{copied.id}", f"recording:{encoded.id}"]


def test_nothing_goes_before_making_a_recording_watchable(ready, received, tmp_path):
    ready(make_recording(tmp_path / "source", seconds=1))
    poster = Job.objects.get(name="media.poster")
    ask_to_settle(recording=received(samples.FIREFOX_WEBM))
    jobs.run(str(poster.id))
    poster.refresh_from_db()
    assert Job.objects.get(name="media.settle").state == JobState.DONE
    assert poster.state == JobState.WAITING
