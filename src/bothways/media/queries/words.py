"""Which recordings wait for their words."""

import uuid

from django.conf import settings
from django.db.models import Exists, OuterRef

from bothways.media.models import Recording, RecordingState, Transcript, TranscriptState, Upload
from bothways.media.queries.uploads import open_uploads
from bothways.work.actions.jobs import WORKER_DIED
from bothways.work.models import Job, JobState


def wants_words(recording: Recording) -> bool:
    """Whether it is known what is spoken in it, and this product puts speech into words at all."""
    return bool(recording.language) and settings.SPEECH_ENGINE != "none"


def language_spoken(recording: Recording) -> str:
    """Without region: engines know Portuguese, not that of Brazil."""
    return recording.language.partition("-")[0].lower()


def only_segment(recording_id: uuid.UUID) -> Upload | None:
    """The open upload of a recording that has no other segment."""
    uploads = Upload.objects.filter(recording=recording_id)
    return open_uploads().filter(recording=recording_id).first() if uploads.count() == 1 else None


def without_words(limit: int = 100) -> list[Recording]:
    """Ready recordings with sound that nobody has put into words and that no job is open for, the newest first.

    They were made before there was an engine, or every attempt failed (`last_error`). Two queries.
    """
    settled = Transcript.objects.filter(recording=OuterRef("pk")).exclude(
        state=TranscriptState.WAITING, switched_off_at=None
    )
    found = Recording.objects.filter(~Exists(settled), state=RecordingState.READY)
    found = found.exclude(language="").exclude(audio_codec="").order_by("-settled_at")[:limit]
    open_jobs = Job.objects.filter(name="media.words", state__in=(JobState.WAITING, JobState.RUNNING))
    busy = set(open_jobs.values_list("key", flat=True))
    return [recording for recording in found if f"recording:{recording.id}" not in busy]


def last_error(recording: Recording) -> str:
    """What the last attempt for its words said, where every attempt has failed; empty otherwise."""
    job = Job.objects.filter(name="media.words", key=f"recording:{recording.id}").order_by("-created_at").first()
    if job is None or job.state != JobState.FAILED:
        return ""
    return job.error.strip().rpartition("\n")[2] or WORKER_DIED
