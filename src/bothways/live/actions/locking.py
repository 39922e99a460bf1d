"""What happens in a room, or to the time of a talk, happens one after the other."""

from bothways.interviews.models import Interview
from bothways.live.models import Room


def locked(room: Room) -> Room:
    """The room as it is now, held until the transaction ends, with its interview."""
    rows = Room.objects.select_related(
        "organization",
        "interview__organization",
        "interview__stage",
        "interview__position__replies_by__user",
        "interview__application__candidate",
    )
    return rows.select_for_update(of=("self",)).get(id=room.id, organization=room.organization_id)


def locked_interview(interview: Interview) -> Interview:
    """The interview as it is now, held until the transaction ends."""
    rows = Interview.objects.select_for_update(of=("self",)).select_related(
        "organization", "application__candidate", "position__replies_by__user", "stage__organization",
        "stage__position", "kit_version",
    )  # fmt: skip
    return rows.get(id=interview.id, organization=interview.organization_id)
