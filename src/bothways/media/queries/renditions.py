"""Looking up what was made from recordings."""

import uuid

from bothways.media.models import Recording, RecordingState, Rendition, RenditionKind


def rendition_with_recording(rendition_id: uuid.UUID) -> Rendition | None:
    """One query."""
    return Rendition.objects.select_related("recording").filter(id=rendition_id).first()


def to_play(recording: Recording | None) -> tuple[Rendition, Rendition | None] | None:
    """The file to play and its poster, or None while it cannot be played. No query after a prefetch of renditions.

    The rendition that plays everywhere comes first, once there is one.
    """
    if recording is None or recording.state != RecordingState.READY:
        return None
    made: dict[str, Rendition] = {rendition.kind: rendition for rendition in recording.renditions.all()}
    best = made.get(RenditionKind.UNIVERSAL) or made.get(RenditionKind.PLAYABLE)
    return (best, made.get(RenditionKind.POSTER)) if best else None
