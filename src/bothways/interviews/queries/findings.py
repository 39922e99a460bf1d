"""What a candidate is told about sound and picture of a take, before sending it. Nothing in review may import this."""

from bothways.interviews.models import Take
from bothways.media.measurement import Finding
from bothways.media.queries.measurements import findings


def take_findings(take: Take) -> tuple[Finding, ...]:
    """What is missing in it. Who signs is told about the picture only. No query where the recording is loaded."""
    found = findings(take.recording)
    return tuple(one for one in found if one == Finding.BLACK_PICTURE) if take.is_signed else found


def is_free(take: Take) -> bool:
    """Whether it is a take that does not count: something technical went wrong, or something is missing in it."""
    return take.faulted_at is not None or bool(take_findings(take))
