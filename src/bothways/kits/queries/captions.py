"""Reading captions: the first draft of them, and who else uses them."""

import uuid

from bothways.accounts.models import Organization
from bothways.kits.cues import begun_cues
from bothways.kits.models import Captions, KitVersion, LibraryQuestion, Question
from bothways.kits.queries.subjects import Subject, part_of, words_of
from bothways.lib.webvtt import Cue
from bothways.media.models import Recording
from bothways.media.queries.transcripts import words_by_recording
from bothways.media.spoken_cues import spoken_cues


def cues_to_edit(subject: Subject) -> list[Cue]:
    """What an editor begins with: the captions as they are, else the subject's own words spread over the recording."""
    captions, recording = part_of(subject, "captions"), part_of(subject, "prompt")
    if captions is not None:
        return captions.as_cues()
    return begun_cues(words_of(subject), recording.duration_ms or 0) if recording else []


def heard_cues(recording: Recording) -> list[Cue] | None:
    """Cues made from what a machine heard in a prompt; None while there is nothing of the kind. One query."""
    words = words_by_recording(recording.organization_id, [recording.id]).get(recording.id)
    return spoken_cues(words.utterances, recording.duration_ms or 0) if words else None


def is_shared(captions: Captions, subject: Subject) -> bool:
    """Whether anything besides the subject uses these captions: a copy of it in a kit or in the library."""
    questions = Question.objects.filter(captions=captions).exclude(id=subject.id)
    kept = LibraryQuestion.objects.filter(captions=captions).exclude(id=subject.id)
    versions = KitVersion.objects.filter(welcome_captions=captions).exclude(id=subject.id)
    return questions.exists() or kept.exists() or versions.exists()


def captions_of(organization: Organization, captions_id: uuid.UUID) -> Captions | None:
    """Captions of this organization, read or not. One query."""
    return Captions.objects.filter(organization=organization, id=captions_id).first()
