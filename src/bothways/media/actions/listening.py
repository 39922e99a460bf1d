"""Hearing a recording while it is being recorded, piece by piece, so that its words are there soon after the stop."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bothways.media.actions.asking import about
from bothways.media.actions.scratch import scratch_folder
from bothways.media.models import Listening, Recording, Upload
from bothways.media.queries.words import language_spoken, only_segment, wants_words
from bothways.media.speech.choice import get_engine
from bothways.media.speech.contract import Engine, SpeechFailure
from bothways.media.steps.calls import make_sound
from bothways.media.steps.failure import MediaFailure
from bothways.media.store import NoSuchObject, get_store
from bothways.media.utterances import as_json
from bothways.work.actions.jobs import TryLater, enqueue

ENOUGH = dt.timedelta(seconds=26)
"""So much sound is worth a look: nearly what the engine hears at once. Each look costs a process that decodes."""
SOON = dt.timedelta(seconds=4)
"""There is enough, but the speaker makes no pause."""
UNREADABLE = dt.timedelta(seconds=30)
PATIENCE = dt.timedelta(minutes=10)
"""Whoever sends nothing for so long is heard after the stop."""


@transaction.atomic
def ask_to_listen(*, recording: Recording) -> None:
    """Have the words lane listen while the recording's only segment arrives. Asking twice is asking once."""
    if not wants_words(recording):
        return
    enqueue(
        name="media.listen",
        **about(recording),
        delay=ENOUGH,
    )


def listen(*, recording_id: uuid.UUID) -> None:
    """Hear what is complete of what has arrived. Ends with the upload; then `add_words` hears the rest.

    Raises:
        TryLater: as long as more may come.
        SpeechFailure: something passing stood in the way; try again later.
    """
    upload, engine = only_segment(recording_id), get_engine()
    if upload is None or engine is None or not engine.hears_beginnings:
        return
    so_far = _so_far(upload.recording, engine)
    arrived = get_store().size(upload.store_key) or 0
    if arrived == so_far.arrived_bytes:
        if timezone.now() - so_far.arrived_at > PATIENCE:
            return
        raise TryLater(ENOUGH)
    try:
        unheard = _hear_more(upload, engine, so_far, arrived)
    except (MediaFailure, NoSuchObject):
        raise TryLater(UNREADABLE) from None  # Too little has come, or it is no media: settling will say.
    except SpeechFailure as failure:
        if failure.permanent:
            return  # `add_words` will meet the same, and say so.
        raise
    raise TryLater(max(ENOUGH - unheard, SOON))


def _so_far(recording: Recording, engine: Engine) -> Listening:
    Listening.objects.filter(recording=recording).exclude(engine=engine.name).delete()
    so_far, _ = Listening.objects.get_or_create(
        recording=recording, defaults={"organization_id": recording.organization_id, "engine": engine.name}
    )
    return so_far


def _hear_more(upload: Upload, engine: Engine, so_far: Listening, arrived: int) -> dt.timedelta:
    """Hear the next pieces and keep them. Returns how much sound waits for its next pause."""
    with scratch_folder() as folder, get_store().local_path(upload.store_key) as source:
        sound, lasts_ms = make_sound(source, folder, from_ms=so_far.heard_ms, memory_mb=settings.MEDIA_MEMORY_MB)
        heard = engine.transcribe(sound, language_spoken(upload.recording), goes_on=True)
    utterances = [utterance.later(so_far.heard_ms) for utterance in heard.utterances]
    # A second worker that heard the same finds that it was here first, and changes nothing.
    Listening.objects.filter(id=so_far.id, heard_ms=so_far.heard_ms).update(
        heard_ms=so_far.heard_ms + heard.until_ms,
        utterances=[*so_far.utterances, *as_json(utterances)],
        arrived_bytes=arrived,
        arrived_at=timezone.now(),
    )
    return dt.timedelta(milliseconds=lasts_ms - heard.until_ms)
