"""A recording's life: made, and once all its bytes are here, settled as ready or as failed with a reason."""

import contextlib
import datetime as dt
import errno
import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.accounts.models import Organization
from bothways.media.actions.asking import about
from bothways.media.actions.joining import copy_joined, join_carefully, original_files
from bothways.media.actions.renditions import ask_for_renditions, store_rendition
from bothways.media.actions.scratch import scratch_folder
from bothways.media.actions.words import ask_for_words
from bothways.media.models import MediaKind, Recording, RecordingState, RenditionKind
from bothways.media.queries.recordings import Attempt, waiting_for_settlement
from bothways.media.steps.calls import Watchable, make_watchable
from bothways.media.steps.failure import CRASHED, DISK_FULL, EMPTY, MediaFailure
from bothways.media.store import NoSuchObject, StoreFull, get_store
from bothways.work.actions.jobs import enqueue

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store, and how many bytes it has."""

    key: str
    size: int


LEFT_ALONE_FOR = dt.timedelta(minutes=1)


@transaction.atomic
def create_recording(
    *,
    organization: Organization,
    kind: str,
    declared_mime: str,
    segments: int | None = 1,
    language: str = "",
    is_source: bool = False,
) -> Recording:
    """Make room for what somebody is about to record. `kind` is "video" or "audio", `declared_mime` is not trusted.

    `segments` says how many uploads fill it; None where that turns out later (`end_recording`). `language` is what will
    be spoken, so that it can be put into words; without one nothing is. `is_source`: it is only made watchable, so that
    others can be made of it.
    """
    return Recording.objects.create(
        organization=organization,
        kind=kind,
        declared_mime=declared_mime[:120],
        segments=segments,
        language=language,
        is_source=is_source,
    )


def settle(*, recording_id: uuid.UUID) -> None:
    """Make a received recording watchable, or fail it with a reason; the original stays as it came either way.

    The copying happens outside of any transaction. Doing it twice, even at the same time, gives the same file and one
    settlement. Segments that cannot be joined by copying are left to the media lane.

    Raises:
        MediaFailure: something passing stood in the way (a full disk, a machine too busy); try again later.
    """
    recording = Recording.objects.select_related("organization").filter(id=recording_id).first()
    if recording is None or recording.state != RecordingState.RECEIVED:
        return
    with _told(recording), scratch_folder() as folder, original_files(recording) as sources:
        if len(sources) == 1:
            watchable = make_watchable(sources[0], folder)
        else:
            joined = copy_joined(sources, folder)
            if joined is None:
                _check(recording)
                ask_to_join(recording=recording)
                return
            watchable = joined
        _keep(recording, watchable)


def join(*, recording_id: uuid.UUID) -> None:
    """Like `settle`, for segments that took more than copying: each is looked at by itself, and what cannot stand
    behind one another as it is is encoded anew. A segment without anything playable is left out.

    Raises:
        MediaFailure: something passing stood in the way; try again later.
    """
    recording = Recording.objects.select_related("organization").filter(id=recording_id).first()
    if recording is None or recording.state != RecordingState.RECEIVED:
        return
    with _told(recording), scratch_folder() as folder, original_files(recording) as sources:
        _keep(recording, join_carefully(sources, folder, memory_mb=settings.MEDIA_MEMORY_MB))


@contextlib.contextmanager
def _told(recording: Recording) -> Iterator[None]:
    """What goes wrong in here fails the recording for good, or is noted and raised to be tried again."""
    try:
        yield
    except NoSuchObject:
        fail(recording_id=recording.id, code=EMPTY, detail="there are no bytes")
    except StoreFull as full:
        raise _note(recording, MediaFailure(DISK_FULL, str(full), permanent=False)) from full
    except OSError as error:  # no room for scratch; anything else is no word about the recording
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise _note(recording, MediaFailure(DISK_FULL, str(error), permanent=False)) from error
    except MediaFailure as failure:
        if not failure.permanent:
            raise _note(recording, failure) from failure
        _check(recording)
        fail(recording_id=recording.id, code=failure.code, detail=failure.detail)


@transaction.atomic
def keep_made(
    *,
    organization: Organization,
    recording_id: uuid.UUID,
    language: str,
    watchable: Watchable,
    stored: Stored,
    voices: Stored | None,
    speakers: list[str],
) -> Recording:
    """A recording that we made ourselves from others, and that is in the store: it is ready at once.

    Inside the transaction of the verb that made it. `recording_id` is its own choice, so that twice makes one. `voices`
    has a track for each of the `speakers`, whose names are as in `Utterance`.
    """
    now = timezone.now()
    recording = Recording.objects.create(
        id=recording_id,
        organization=organization,
        kind=MediaKind.VIDEO if watchable.video_codec else MediaKind.AUDIO,
        state=RecordingState.RECEIVED,
        declared_mime=watchable.mime,
        language=language,
        size=stored.size,
        speakers=speakers,
        received_at=now,
        checked_at=now,
    )
    if voices:
        store_rendition(
            recording=recording, kind=RenditionKind.VOICES, mime="audio/mp4", size=voices.size, key=voices.key
        )
    _set_ready(recording, watchable, stored.key, stored.size)
    return recording


def _check(recording: Recording) -> None:
    """Note that all of it was looked through, the first time."""
    Recording.objects.filter(id=recording.id, checked_at=None).update(checked_at=timezone.now())


def _keep(recording: Recording, watchable: Watchable) -> None:
    _check(recording)
    key = f"{recording.organization_id}/{recording.id}/playable.{watchable.container}"
    size = get_store().put_file(key, watchable.path)
    _set_ready(recording, watchable, key, size)


@transaction.atomic
def fail(*, recording_id: uuid.UUID, code: str, detail: str) -> bool:
    """Settle a received recording as not usable. True for the first who says so."""
    changed = Recording.objects.filter(id=recording_id, state=RecordingState.RECEIVED).update(
        state=RecordingState.FAILED, failure_code=code, failure_detail=detail, settled_at=timezone.now()
    )
    if changed:
        recording = Recording.objects.select_related("organization").get(id=recording_id)
        _log(recording, "recording.failed", code=code)
    return bool(changed)


@transaction.atomic
def wait_again(*, recording_id: str) -> None:
    """A recording whose every attempt failed waits to be settled, because somebody wants it tried once more."""
    Recording.objects.filter(id=recording_id, state=RecordingState.FAILED).update(
        state=RecordingState.RECEIVED, settled_at=None
    )


def settle_left_over() -> int:
    """Find received recordings that nobody works on: ask again, or fail those whose every attempt failed.

    Returns how many it found.
    """
    left_over = waiting_for_settlement(timezone.now() - LEFT_ALONE_FOR)
    for recording, last_attempt in left_over:
        if last_attempt == Attempt.GAVE_UP:
            fail(
                recording_id=recording.id,
                code=recording.failure_code or CRASHED,
                detail=recording.failure_detail or "the worker died each time",
            )
        else:
            ask_to_settle(recording=recording)
    return len(left_over)


@transaction.atomic
def ask_to_settle(*, recording: Recording) -> None:
    """Have a worker settle it soon. Asking twice is asking once."""
    enqueue(name="media.settle", **about(recording))


@transaction.atomic
def ask_to_join(*, recording: Recording) -> None:
    """Have the media lane join its segments. Asking twice is asking once."""
    enqueue(name="media.join", **about(recording))


@transaction.atomic
def _set_ready(recording: Recording, watchable: Watchable, key: str, size: int) -> None:
    changed = Recording.objects.filter(id=recording.id, state=RecordingState.RECEIVED).update(
        state=RecordingState.READY,
        container=watchable.container,
        video_codec=watchable.video_codec,
        audio_codec=watchable.audio_codec,
        duration_ms=watchable.duration_ms,
        width=watchable.width,
        height=watchable.height,
        salvaged=watchable.salvaged,
        failure_code="",
        failure_detail="",
        settled_at=timezone.now(),
    )
    if not changed:
        return
    recording.refresh_from_db()
    store_rendition(recording=recording, kind=RenditionKind.PLAYABLE, mime=watchable.mime, size=size, key=key)
    if not recording.is_source:
        ask_for_renditions(recording=recording)
    ask_for_words(recording=recording)
    _log(recording, "recording.ready", duration_ms=watchable.duration_ms, salvaged=watchable.salvaged)


def _note(recording: Recording, failure: MediaFailure) -> MediaFailure:
    """Keep the reason while it is tried again: when every attempt has failed, it is the one people are told."""
    Recording.objects.filter(id=recording.id, state=RecordingState.RECEIVED).update(
        failure_code=failure.code, failure_detail=failure.detail
    )
    return failure


def _log(recording: Recording, verb: str, **detail: object) -> None:
    audit.record(
        organization=recording.organization,
        actor=system_actor(recording.organization_id),
        verb=verb,
        thing=recording,
        detail=detail,
    )
