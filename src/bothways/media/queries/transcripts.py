"""What is said in recordings, as others may read it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bothways.media.models import Recording, Transcript, TranscriptState
from bothways.media.utterances import Utterance, from_json


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown: the corrected words where there are any. `by_machine` says that nobody has looked at them."""

    utterances: tuple[Utterance, ...]
    language: str
    by_machine: bool


def words_of(transcript: Transcript) -> Words | None:
    """What of a transcript may be shown; None while it is not ready, and where whoever spoke wants no text."""
    if transcript.state != TranscriptState.READY or transcript.switched_off_at is not None:
        return None
    spoken = tuple(utterance for utterance in current_utterances(transcript) if utterance.text)
    return Words(spoken, transcript.language, transcript.corrected is None)


def current_utterances(transcript: Transcript) -> list[Utterance]:
    """The utterances as they stand: corrected, else as they were heard. Those that were emptied are among them."""
    return from_json(transcript.machine if transcript.corrected is None else transcript.corrected)


def words_by_recording(organization_id: uuid.UUID, recordings: Iterable[uuid.UUID]) -> dict[uuid.UUID, Words]:
    """The words that may be shown of several recordings; those without any are left out."""
    found = Transcript.objects.filter(organization_id=organization_id, recording_id__in=list(recordings))
    shown = {transcript.recording_id: words_of(transcript) for transcript in found}
    return {recording_id: words for recording_id, words in shown.items() if words is not None}


def is_being_heard(organization_id: uuid.UUID, recording_id: uuid.UUID) -> bool:
    """Whether a machine is still at work on the words of a recording. One query."""
    waiting = Transcript.objects.filter(organization_id=organization_id, state=TranscriptState.WAITING)
    return waiting.filter(recording_id=recording_id).exists()


def is_said(recording: Recording, words: str) -> bool:
    """Whether these words stand in the text that may be shown, or stood in it before it was corrected. One query.

    Spaces and breaks between words do not matter.
    """
    transcript = Transcript.objects.filter(organization=recording.organization_id, recording=recording).first()
    if transcript is None or words_of(transcript) is None:
        return False
    wanted = " ".join(words.split())
    wordings = (transcript.machine, transcript.corrected or ())
    return bool(wanted) and any(wanted in _running_text(wording) for wording in wordings)


def _running_text(wording: Iterable[dict[str, Any]]) -> str:
    return " ".join(" ".join(utterance.text for utterance in from_json(wording)).split())
