"""Which recordings belong to an interview."""

import uuid
from collections.abc import Iterable

from django.db.models import F

from bothways.interviews.models import Interview, Take
from bothways.kits.queries.met import is_met
from bothways.media.models import Recording


def is_take(recording: Recording) -> bool:
    """Whether a candidate recorded it. Everything else that is recorded is a prompt."""
    return Take.objects.filter(recording=recording).exists()


def takes_of_recordings(organization_id: uuid.UUID, recordings: Iterable[uuid.UUID]) -> dict[uuid.UUID, Take]:
    """The take of each recording that is one, with its interview and question. One query."""
    takes = Take.objects.filter(organization=organization_id, recording__in=list(recordings))
    return {take.recording_id: take for take in takes.select_related("answer__interview", "answer__question")}


def chosen_takes(interview: Interview) -> list[Take]:
    """The takes that the team sees, by question, with their recordings. One query."""
    takes = Take.objects.filter(answer__interview=interview, answer__chosen_take_id=F("id"))
    return list(takes.select_related("recording", "answer__question").order_by("answer__question__place"))


def belongs_to(interview: Interview, recording: Recording) -> bool:
    """Whether it is one of the interview's own takes, or a prompt that its candidate meets. At most three queries."""
    if interview.organization_id != recording.organization_id:
        return False
    is_own = Take.objects.filter(answer__interview=interview, recording=recording).exists()
    return is_own or is_met(interview.kit_version_id, recording)
