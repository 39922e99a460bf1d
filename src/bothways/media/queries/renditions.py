"""Looking up what was made from recordings."""

import uuid

from bothways.media.models import Recording, RecordingState, Rendition, RenditionKind
from bothways.work.models import Job, JobState


def rendition_with_recording(rendition_id: uuid.UUID) -> Rendition | None:
    """One query."""
    return Rendition.objects.select_related("recording").filter(id=rendition_id).first()


def sound_alone_fails(recording: Recording) -> bool:
    """Whether nobody will ever hear it without its picture: it has no sound, or the last try failed. One query."""
    jobs = Job.objects.filter(name="media.voice", key=f"recording:{recording.id}").order_by("-created_at")
    return not recording.audio_codec or jobs.values_list("state", flat=True).first() == JobState.FAILED


def to_play(recording: Recording | None) -> tuple[Rendition, Rendition | None] | None:
    """The file to play and its poster, or None while it cannot be played. No query after a prefetch of renditions.

    The rendition that plays everywhere comes first, once there is one.
    """
    if recording is None or recording.state != RecordingState.READY:
        return None
    made: dict[str, Rendition] = {rendition.kind: rendition for rendition in recording.renditions.all()}
    best = made.get(RenditionKind.UNIVERSAL) or made.get(RenditionKind.PLAYABLE)
    return (best, made.get(RenditionKind.POSTER)) if best else None
