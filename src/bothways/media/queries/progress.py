"""How far each recording has come: received, checked, watchable, universal, words, each with its time."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bothways.media.models import Recording, RecordingState, Rendition, RenditionKind, Transcript, TranscriptState
from bothways.work.models import Job, JobState


class Step(StrEnum):
    RECEIVED = "received"
    CHECKED = "checked"
    WATCHABLE = "watchable"
    UNIVERSAL = "universal"
    WORDS = "words"


class Standing(StrEnum):
    DONE = "done"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stop:
    """One step of one recording. `at` is when it was done, or when it failed."""

    step: Step
    standing: Standing
    at: dt.datetime | None


def stops_of(organization_id: uuid.UUID, recordings: Sequence[Recording]) -> dict[uuid.UUID, list[Stop]]:
    """The steps of each recording in their order, up to the one that failed for good. Three queries.

    Where no words are wanted, that step is not there.
    """
    ids = [recording.id for recording in recordings]
    own = {"organization": organization_id, "recording__in": ids}
    universal = Rendition.objects.filter(**own, kind=RenditionKind.UNIVERSAL)
    made = dict(universal.values_list("recording_id", "created_at"))
    heard = Transcript.objects.filter(**own).only("recording_id", "state", "settled_at")
    transcripts = {transcript.recording_id: transcript for transcript in heard}
    gave_up = _failed_encodes(organization_id, ids)
    return {
        recording.id: _stops(
            recording, made.get(recording.id), gave_up.get(recording.id), transcripts.get(recording.id)
        )
        for recording in recordings
    }


def _failed_encodes(organization_id: uuid.UUID, recordings: list[uuid.UUID]) -> dict[uuid.UUID, dt.datetime | None]:
    by_key = {f"recording:{recording_id}": recording_id for recording_id in recordings}
    failed = Job.objects.filter(
        organization=organization_id, name="media.universal", key__in=by_key, state=JobState.FAILED
    )
    return {by_key[key]: ended_at for key, ended_at in failed.values_list("key", "ended_at")}


def _stops(
    recording: Recording, universal: dt.datetime | None, gave_up: dt.datetime | None, transcript: Transcript | None
) -> list[Stop]:
    stops = [_stop(Step.RECEIVED, recording.received_at), _stop(Step.CHECKED, recording.checked_at)]
    if recording.state == RecordingState.FAILED:
        done = [stop for stop in stops if stop.standing == Standing.DONE]
        failed_step = (Step.RECEIVED, Step.CHECKED, Step.WATCHABLE)[len(done)]
        return [*done, Stop(failed_step, Standing.FAILED, recording.settled_at)]
    stops.append(_stop(Step.WATCHABLE, recording.settled_at if recording.state == RecordingState.READY else None))
    stops.append(_stop(Step.UNIVERSAL, universal, gave_up))
    if recording.language:
        stops.append(_words(transcript))
    return stops


def _words(transcript: Transcript | None) -> Stop:
    if transcript is None or transcript.state == TranscriptState.WAITING:
        return Stop(Step.WORDS, Standing.WAITING, None)
    failed = transcript.state == TranscriptState.FAILED
    return Stop(Step.WORDS, Standing.FAILED if failed else Standing.DONE, transcript.settled_at)


def _stop(step: Step, done_at: dt.datetime | None, failed_at: dt.datetime | None = None) -> Stop:
    if done_at:
        return Stop(step, Standing.DONE, done_at)
    return Stop(step, Standing.FAILED if failed_at else Standing.WAITING, failed_at)
