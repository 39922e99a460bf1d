"""After a talk: what came of each side is put together, question by question."""

import contextlib
import datetime as dt
import logging
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.interviews.actions.live_takes import add_live_take
from bothways.interviews.models import InterviewState
from bothways.live.actions.legs import end_leg
from bothways.live.models import Asking, Composition, CompositionState, Leg, ParticipantKind, Room
from bothways.live.queries.legs import in_order, legs_of, missing_from, usable_legs
from bothways.live.queries.stretches import Part, parts_of
from bothways.media.actions.recordings import Stored, keep_made
from bothways.media.actions.scratch import scratch_folder
from bothways.media.models import RecordingState, RenditionKind
from bothways.media.queries.uploads import offset_of, uploads_of
from bothways.media.steps.calls import Side, Watchable, compose
from bothways.media.steps.failure import MediaFailure
from bothways.media.store import NoSuchObject, get_store
from bothways.work.actions.jobs import GivenUp, TryLater, enqueue

logger = logging.getLogger(__name__)

PATIENCE = dt.timedelta(minutes=10)
"""So long we wait for more of a side of which nothing arrives any more."""
LOOK_AGAIN = dt.timedelta(seconds=15)
NOTHING_CAME = "nothing_came"


@transaction.atomic
def ask_to_put_together(*, room: Room) -> None:
    """The talk has ended. Asking twice is asking once; where nothing was recorded, nothing is to be done."""
    if room.periods.exists():
        enqueue(
            organization_id=room.organization_id,
            name="live.put_together",
            key=f"room:{room.id}",
            payload={"room_id": str(room.id)},
        )


def put_together(*, room_id: uuid.UUID) -> None:
    """Once every side is here, or nothing more arrives, decide what becomes one recording, and ask for each.

    Raises:
        TryLater: something is still arriving.
    """
    room = Room.objects.filter(id=room_id, ended_at__isnull=False).first()
    if room is None:
        return
    waiting = [leg for leg in legs_of(room.id) if not leg.recording.is_settled]
    for leg in waiting:
        _end_if_nothing_comes(leg, room)
    if waiting:
        raise TryLater(LOOK_AGAIN)
    _plan(room)


def make_composition(*, composition_id: uuid.UUID) -> None:
    """Make one recording of what came, and the answer to its question. Does nothing for what is made.

    Raises:
        MediaFailure: something passing stood in the way; try again later.
        GivenUp: it will never work.
    """
    composition = (
        Composition.objects.select_related("room__interview__organization", "room__interview__kit_version", "question")
        .filter(id=composition_id, state=CompositionState.WAITING)
        .first()
    )
    if composition is None:
        return
    legs = usable_legs(composition)
    missing = missing_from(composition, legs)
    if not legs:
        _fail(composition, NOTHING_CAME, missing)
        return
    try:
        with scratch_folder() as folder, _files(legs) as files:
            made = compose(
                _sides(composition, legs, files), _seconds(composition), folder, memory_mb=settings.MEDIA_MEMORY_MB
            )
            stored = [_store(composition, path) for path in (made.path, made.voices) if path]
    except (MediaFailure, NoSuchObject) as failure:
        _note(composition, failure, missing)
        raise
    if not _keep(composition, made, stored, _speakers(legs), missing):
        for file in stored:
            get_store().delete(file.key)


@transaction.atomic
def wait_again(*, composition_id: str) -> None:
    """Somebody wants a failed one tried once more."""
    Composition.objects.filter(id=composition_id, state=CompositionState.FAILED).update(state=CompositionState.WAITING)


def _end_if_nothing_comes(leg: Leg, room: Room) -> None:
    """Note that more has come, or end the leg with what there is."""
    assert room.ended_at is not None
    arrived = sum(offset_of(upload) for upload in uploads_of(leg.recording))
    now = timezone.now()
    if arrived > leg.arrived_bytes:
        Leg.objects.filter(id=leg.id).update(arrived_bytes=arrived, arrived_at=now)
    elif now - max(leg.arrived_at, room.ended_at) > PATIENCE and leg.recording.state == RecordingState.RECEIVING:
        end_leg(leg=leg)


@transaction.atomic
def _plan(room: Room) -> None:
    room = Room.objects.select_for_update(of=("self",)).get(id=room.id)
    if Composition.objects.filter(room=room).exists():
        return
    periods = [(one.started_at, one.stopped_at or room.ended_at) for one in room.periods.all()]
    asked = list(Asking.objects.filter(room=room).values_list("asked_at", "question_id"))
    for part in parts_of(periods, asked):
        _ask(_composition(room, part))


def _composition(room: Room, part: Part) -> Composition:
    starts_at = part.stretches[0][0]
    return Composition.objects.create(
        organization_id=room.organization_id,
        room=room,
        question_id=part.question_id,
        starts_at=starts_at,
        ends_at=part.stretches[-1][1],
        stretches=[[_ms(begin - starts_at), _ms(end - starts_at)] for begin, end in part.stretches],
    )


def _ask(composition: Composition) -> None:
    enqueue(
        organization_id=composition.organization_id,
        name="live.compose",
        key=f"composition:{composition.id}",
        payload={"composition_id": str(composition.id)},
    )


@contextlib.contextmanager
def _files(legs: Sequence[Leg]) -> Iterator[list[Path]]:
    keys = [leg.recording.renditions.get(kind=RenditionKind.PLAYABLE).store_key for leg in legs]
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(get_store().local_path(key)) for key in keys]


def _sides(composition: Composition, legs: Sequence[Leg], files: Sequence[Path]) -> list[Side]:
    people = in_order({leg.participant for leg in legs})
    return [
        Side(
            path=path,
            person=people.index(leg.participant),
            starts=(leg.started_at - composition.starts_at).total_seconds(),  # type: ignore[operator]
            lasts=(leg.recording.duration_ms or 0) / 1000,
            rate_ppm=leg.clock_rate_ppm,
        )
        for leg, path in zip(legs, files, strict=True)
    ]


def _speakers(legs: Sequence[Leg]) -> list[str]:
    """In the order of `Side.person`. The candidate has no name here, because not everybody may read it."""
    people = in_order({leg.participant for leg in legs})
    return ["" if one.kind == ParticipantKind.CANDIDATE else one.name for one in people]


def _store(composition: Composition, path: Path) -> Stored:
    key = f"{composition.organization_id}/{composition.id}/{path.name}"
    return Stored(key, get_store().put_file(key, path))


def _seconds(composition: Composition) -> list[tuple[float, float]]:
    return [(begin / 1000, end / 1000) for begin, end in composition.stretches]


@transaction.atomic
def _keep(
    composition: Composition, made: Watchable, stored: list[Stored], speakers: list[str], missing: list[str]
) -> bool:
    """False where the talk was erased, or another worker was quicker; then nothing is kept."""
    interview = composition.room.interview
    rows = Composition.objects.select_for_update().filter(id=composition.id, state=CompositionState.WAITING)
    row = rows.first()
    if row is None:
        return Composition.objects.filter(id=composition.id).exists()
    interview.refresh_from_db(fields=["state"])
    if interview.state != InterviewState.SUBMITTED:
        return False
    row.recording = keep_made(
        organization=interview.organization,
        recording_id=composition.id,
        language=interview.kit_version.language,
        watchable=made,
        stored=stored[0],
        voices=stored[1] if made.voices else None,
        speakers=speakers,
    )
    row.state, row.missing, row.failure = CompositionState.READY, missing, ""
    row.save(update_fields=["recording", "state", "missing", "failure"])
    if composition.question:
        add_live_take(interview=interview, question=composition.question, recording=row.recording)
    _log(composition, "talk.composed", missing=len(missing))
    return True


def _note(composition: Composition, failure: MediaFailure | NoSuchObject, missing: list[str]) -> None:
    """Keep the reason while it is tried again, or fail it for good."""
    code = failure.code if isinstance(failure, MediaFailure) else NOTHING_CAME
    if not isinstance(failure, MediaFailure) or failure.permanent:
        _fail(composition, code, missing)
        raise GivenUp(str(failure)) from failure
    Composition.objects.filter(id=composition.id, state=CompositionState.WAITING).update(failure=code)


@transaction.atomic
def _fail(composition: Composition, code: str, missing: list[str]) -> None:
    changed = Composition.objects.filter(id=composition.id, state=CompositionState.WAITING).update(
        state=CompositionState.FAILED, failure=code, missing=missing
    )
    if changed:
        _log(composition, "talk.not_composed", code=code)


def _log(composition: Composition, verb: str, **detail: object) -> None:
    audit.record(
        organization=composition.room.interview.organization,
        actor=system_actor(composition.organization_id),
        verb=verb,
        thing=composition,
        detail={"interview": composition.room.interview_id, **detail},
    )


def _ms(length: dt.timedelta) -> int:
    return round(length.total_seconds() * 1000)
