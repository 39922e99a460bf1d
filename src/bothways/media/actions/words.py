"""Putting what is said in a ready recording into words."""

import uuid
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from bothways.media.actions.asking import about
from bothways.media.actions.scratch import scratch_folder
from bothways.media.actions.transcripts import fail_transcript, keep_transcript
from bothways.media.models import (
    Listening,
    Recording,
    RecordingState,
    Rendition,
    RenditionKind,
    Transcript,
    TranscriptState,
)
from bothways.media.queries.words import language_spoken, last_error, wants_words, without_words
from bothways.media.speech.choice import get_engine
from bothways.media.speech.contract import Engine, SpeechFailure
from bothways.media.speech.sides import Side, together
from bothways.media.steps.calls import make_sound
from bothways.media.steps.failure import MediaFailure
from bothways.media.store import get_store
from bothways.media.utterances import Utterance, from_json
from bothways.work.actions.jobs import enqueue


@transaction.atomic
def ask_for_words(*, recording: Recording) -> None:
    """Have the words lane make its transcript, where one is wanted. Asking twice is asking once."""
    if not wants_words(recording) or not recording.audio_codec:
        return
    if get_engine() is not None:
        Transcript.objects.get_or_create(
            recording=recording,
            defaults={"organization_id": recording.organization_id, "language": recording.language},
        )
    enqueue(name="media.words", **about(recording))


def add_words(*, recording_id: uuid.UUID) -> None:
    """Hear what was not heard while it was recorded, and keep all of it. Does nothing for what has its words.

    Without an engine nothing happens; `words_left_over` asks again once there is one.

    Raises:
        MediaFailure, SpeechFailure: something passing stood in the way; try again later.
    """
    recording = Recording.objects.filter(id=recording_id, state=RecordingState.READY).first()
    engine = get_engine()
    if recording is None or engine is None or _is_done(recording):
        return
    try:
        utterances = _hear(recording, engine)
    except (MediaFailure, SpeechFailure) as failure:
        if not failure.permanent:
            raise
        fail_transcript(recording=recording, engine=engine.name, detail=str(failure))
        return
    with transaction.atomic():
        keep_transcript(recording=recording, engine=engine.name, utterances=utterances)
        Listening.objects.filter(recording=recording).delete()


def words_left_over() -> int:
    """Ask for the words of recordings that have none, or fail those for which every attempt failed. Returns how many.

    Where this machine has no engine nothing happens.
    """
    if get_engine() is None:
        return 0
    found = without_words()
    for recording in found:
        if error := last_error(recording):
            fail_transcript(recording=recording, engine="", detail=error)
        else:
            ask_for_words(recording=recording)
    return len(found)


def _is_done(recording: Recording) -> bool:
    """It has its words, cannot have any, or whoever spoke wants none."""
    transcript = Transcript.objects.filter(recording=recording).first()
    if transcript is None:
        return False
    return transcript.state != TranscriptState.WAITING or transcript.switched_off_at is not None


def _hear(recording: Recording, engine: Engine) -> list[Utterance]:
    voices = recording.renditions.filter(kind=RenditionKind.VOICES).first()
    return _hear_each(recording, voices, engine) if voices else _hear_all(recording, engine)


def _hear_each(recording: Recording, voices: Rendition, engine: Engine) -> list[Utterance]:
    """Everybody's words from their own track, so that it is known who says what."""
    with scratch_folder() as folder, get_store().local_path(voices.store_key) as source:
        sides = []
        for track, speaker in enumerate(recording.speakers):
            own = folder / str(track)
            own.mkdir()
            sound, lasts_ms = make_sound(source, own, track=track, memory_mb=settings.MEDIA_MEMORY_MB)
            heard = engine.transcribe(sound, language_spoken(recording)).utterances if lasts_ms else ()
            sides.append(Side(sound, tuple(replace(one, speaker=speaker) for one in heard)))
        return together(sides)


def _hear_all(recording: Recording, engine: Engine) -> list[Utterance]:
    heard_ms, utterances = _heard_before(recording, engine)
    playable = recording.renditions.get(kind=RenditionKind.PLAYABLE)
    with scratch_folder() as folder, get_store().local_path(playable.store_key) as source:
        sound, lasts_ms = make_sound(source, folder, from_ms=heard_ms, memory_mb=settings.MEDIA_MEMORY_MB)
        if not lasts_ms:
            return utterances
        heard = engine.transcribe(sound, language_spoken(recording))
    return [*utterances, *(utterance.later(heard_ms) for utterance in heard.utterances)]


def _heard_before(recording: Recording, engine: Engine) -> tuple[int, list[Utterance]]:
    """Until where it was heard while it was recorded, and what.

    Of several segments only the joined file says where each word stands, so they are heard from the beginning.
    """
    if recording.segments != 1:
        return 0, []
    before = Listening.objects.filter(recording=recording, engine=engine.name).first()
    return (before.heard_ms, from_json(before.utterances)) if before else (0, [])
