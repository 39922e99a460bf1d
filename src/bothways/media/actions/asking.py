"""What every job about a recording is asked for with."""

from typing import Any

from bothways.media.models import Recording


def about(recording: Recording) -> dict[str, Any]:
    """Organization, key and payload for `enqueue`: of one name there is one open job for a recording."""
    return {
        "organization_id": recording.organization_id,
        "key": f"recording:{recording.id}",
        "payload": {"recording_id": str(recording.id)},
    }
