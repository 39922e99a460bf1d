"""What is said in a recording, in words: kept from the engine, mended or switched off by whoever spoke."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.lib.errors import Refused
from bothways.lib.signals import words_changed
from bothways.media.models import Recording, Transcript, TranscriptState
from bothways.media.queries.transcripts import current_utterances
from bothways.media.utterances import Utterance, as_json, fingerprint


class CorrectedElsewhere(Refused):
    """The words are not those any more that the page was made from. `current` is what stands now."""

    def __init__(self, current: Transcript) -> None:
        super().__init__("overtaken", _("Something newer was saved in between. Nothing was overwritten."))
        self.current = current


@transaction.atomic
def keep_transcript(*, recording: Recording, engine: str, utterances: Sequence[Utterance]) -> Transcript:
    """Keep what a machine heard. Hearing it again replaces that, and never what a person has written."""
    transcript, _is_new = Transcript.objects.update_or_create(
        recording=recording,
        defaults={
            "organization_id": recording.organization_id,
            "language": recording.language,
            "state": TranscriptState.READY,
            "engine": engine,
            "machine": as_json(utterances),
            "settled_at": timezone.now(),
            "failure_detail": "",
        },
    )
    _tell(transcript)
    return transcript


@transaction.atomic
def fail_transcript(*, recording: Recording, engine: str, detail: str) -> None:
    """Note that no words could be made, with the reason for the administrator. Words that are there stay."""
    transcript, is_new = Transcript.objects.get_or_create(
        recording=recording,
        defaults={"organization_id": recording.organization_id, "language": recording.language},
    )
    if is_new or transcript.state == TranscriptState.WAITING:
        Transcript.objects.filter(id=transcript.id).update(
            state=TranscriptState.FAILED, engine=engine, failure_detail=detail[:500], settled_at=timezone.now()
        )


@transaction.atomic
def correct_transcript(
    *, transcript_id: uuid.UUID, utterances: Sequence[Utterance], actor: Actor, seen: str | None = None
) -> Transcript:
    """Show what whoever spoke has written instead; what the machine heard stays beside it.

    `seen` is the fingerprint of the words that the page was made from; None overwrites whatever stands.

    Raises:
        CorrectedElsewhere: other words stand by now.
    """
    transcript = Transcript.objects.select_for_update().select_related("organization").get(id=transcript_id)
    current = current_utterances(transcript)
    if list(utterances) == current:
        return transcript
    if seen is not None and seen != fingerprint(current):
        raise CorrectedElsewhere(transcript)
    transcript.corrected = as_json(utterances)
    transcript.corrected_at = timezone.now()
    transcript.save(update_fields=["corrected", "corrected_at"])
    _log(transcript, actor, "transcript.corrected")
    _tell(transcript)
    return transcript


@transaction.atomic
def switch_transcript(*, transcript_id: uuid.UUID, on: bool, actor: Actor) -> Transcript:
    """Let others read and find the words, or nobody. Doing it twice changes nothing more."""
    transcript = Transcript.objects.select_for_update().select_related("organization").get(id=transcript_id)
    if on == (transcript.switched_off_at is None):
        return transcript
    transcript.switched_off_at = None if on else timezone.now()
    transcript.save(update_fields=["switched_off_at"])
    _log(transcript, actor, "transcript.switched_on" if on else "transcript.switched_off")
    _tell(transcript)
    return transcript


def _log(transcript: Transcript, actor: Actor, verb: str) -> None:
    audit.record(organization=transcript.organization, actor=actor, verb=verb, thing=transcript, detail={})


def _tell(transcript: Transcript) -> None:
    words_changed.send(Transcript, transcript=transcript)
