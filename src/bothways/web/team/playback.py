"""How a member's page plays a recording."""

import uuid
from dataclasses import dataclass

from bothways.media.addresses import media_address
from bothways.media.models import Recording, RenditionKind
from bothways.media.queries.measurements import gain_db
from bothways.media.queries.renditions import to_play


@dataclass(frozen=True, slots=True)
class MemberPlayback:
    """Addresses that work for this member only, and for about an hour. `is_video` is false for a voice alone.

    `gain_db` is added so that all are equally loud; None: as it is.
    """

    url: str
    mime: str
    poster: str | None
    is_video: bool
    duration_ms: int
    gain_db: float | None


def member_playback(recording: Recording | None, member_id: uuid.UUID) -> MemberPlayback | None:
    """Where this member plays a recording, or None while it cannot be played. No query after a prefetch."""
    found = to_play(recording)
    if recording is None or found is None:
        return None
    best, poster = found
    return MemberPlayback(
        url=media_address(best.id, "member", member_id),
        mime=best.mime,
        poster=media_address(poster.id, "member", member_id) if poster else None,
        is_video=bool(recording.video_codec),
        duration_ms=recording.duration_ms or 0,
        gain_db=gain_db(recording),
    )


def peaks_address(recording: Recording, member_id: uuid.UUID) -> str | None:
    """Where this member's page finds how loud a recording is over time. No query after a prefetch."""
    made = (rendition for rendition in recording.renditions.all() if rendition.kind == RenditionKind.PEAKS)
    peaks = next(made, None)
    return media_address(peaks.id, "member", member_id) if peaks else None
