"""Files made from a ready recording. Each is made once; making it again changes nothing."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from bothways.media.actions.asking import about
from bothways.media.actions.scratch import scratch_folder
from bothways.media.models import Recording, Rendition, RenditionKind
from bothways.media.steps.calls import make_poster, make_sprites, make_universal, make_voice
from bothways.media.steps.failure import MediaFailure
from bothways.media.store import get_store
from bothways.work.actions.jobs import GivenUp, enqueue

SOON = dt.timedelta(minutes=1)
LATER = dt.timedelta(minutes=20)
LAST = dt.timedelta(hours=1)
"""How far these jobs yield to what is asked for after them. Making a recording watchable, or joining it, is first."""

ENCODED, COPIED = 20, 2
"""Seconds by which a universal rendition yields to others for each second of a picture that is encoded, or copied: of
those asked for together, the quickest goes first, and the longest still gets its turn."""

_PLAYS_EVERYWHERE = {("mp4", "h264", "aac"), ("mp4", "h264", ""), ("mp4", "", "aac")}


def store_rendition(*, recording: Recording, kind: str, mime: str, size: int, key: str) -> Rendition:
    """Note what stands under `key`. The same kind again keeps the first row."""
    rendition, _is_new = Rendition.objects.get_or_create(
        recording=recording,
        kind=kind,
        defaults={"organization_id": recording.organization_id, "mime": mime, "size": size, "store_key": key},
    )
    return rendition


@transaction.atomic
def ask_for_renditions(*, recording: Recording) -> None:
    """Ask for what this recording can have. A file that plays everywhere already is its own universal rendition."""
    what = about(recording)
    if recording.video_codec:
        enqueue(name="media.poster", yields=SOON, **what)
        enqueue(name="media.sprites", yields=LATER, **what)
    enqueue(name="media.measurement", yields=SOON, **what)
    if (recording.container, recording.video_codec, recording.audio_codec) in _PLAYS_EVERYWHERE:
        _is_also(recording.renditions.get(kind=RenditionKind.PLAYABLE), RenditionKind.UNIVERSAL)
        _ask_for_voice(recording)
    else:
        length = dt.timedelta(milliseconds=recording.duration_ms or 0)
        encodes = recording.video_codec not in ("", "h264")
        enqueue(name="media.universal", yields=LAST + length * (ENCODED if encodes else COPIED), **what)


@transaction.atomic
def ask_for_voice_now(*, recording: Recording) -> None:
    """Somebody waits to hear it without its picture, be it an old recording or one whose other files are not made yet.
    Asking twice is asking once."""
    if recording.audio_codec and not recording.renditions.filter(kind=RenditionKind.VOICE).exists():
        enqueue(name="media.voice", **about(recording))


@transaction.atomic
def _ask_for_voice(recording: Recording) -> None:
    """Once there is a universal rendition: its sound is AAC, so that the voice alone is a copy."""
    universal = recording.renditions.get(kind=RenditionKind.UNIVERSAL)
    if not recording.video_codec:
        _is_also(universal, RenditionKind.VOICE)
    elif recording.audio_codec:
        enqueue(name="media.voice", yields=LATER, **about(recording))


def _is_also(rendition: Rendition, kind: str) -> None:
    """The same file serves as another kind, too."""
    store_rendition(
        recording=rendition.recording, kind=kind, mime=rendition.mime, size=rendition.size, key=rendition.store_key
    )


def add_poster(*, recording_id: uuid.UUID) -> None:
    """A still picture, JPEG."""
    _add(recording_id, RenditionKind.POSTER, "image/jpeg", make_poster)


def add_sprites(*, recording_id: uuid.UUID) -> None:
    """Small pictures of the whole recording on one sheet, JPEG."""
    recording = Recording.objects.get(id=recording_id)
    make = partial(make_sprites, duration_ms=recording.duration_ms or 0)
    _add(recording_id, RenditionKind.SPRITES, "image/jpeg", make)


def add_universal(*, recording_id: uuid.UUID) -> None:
    """H.264 and AAC in MP4; then the voice is asked for. Takes half as long as the recording, on one processor."""
    recording = Recording.objects.get(id=recording_id)
    mime = "video/mp4" if recording.video_codec else "audio/mp4"
    size = (recording.width, recording.height) if recording.width and recording.height else None
    if _add(recording_id, RenditionKind.UNIVERSAL, mime, partial(make_universal, size=size)):
        _ask_for_voice(recording)


def add_voice(*, recording_id: uuid.UUID) -> None:
    """What is heard, without a picture: AAC in MP4, copied from the universal rendition once there is one."""
    universal = Rendition.objects.filter(recording=recording_id, kind=RenditionKind.UNIVERSAL)
    source = RenditionKind.UNIVERSAL if universal.exists() else RenditionKind.PLAYABLE
    _add(recording_id, RenditionKind.VOICE, "audio/mp4", make_voice, of=source)


def _add(
    recording_id: uuid.UUID,
    kind: str,
    mime: str,
    make: Callable[..., Path | None],
    *,
    of: str = RenditionKind.PLAYABLE,
) -> bool:
    """Make one rendition from another one. Says whether it is there now.

    Raises:
        MediaFailure: something passing stood in the way; try again later.
        GivenUp: it will never work.
    """
    original = Rendition.objects.filter(recording=recording_id, kind=of).first()
    if original is None or Rendition.objects.filter(recording=recording_id, kind=kind).exists():
        return original is not None
    try:
        with scratch_folder() as folder, get_store().local_path(original.store_key) as source:
            made = make(source, folder, memory_mb=settings.MEDIA_MEMORY_MB)
            if made is None:
                return False
            key = f"{original.organization_id}/{recording_id}/{made.name}"
            size = get_store().put_file(key, made)
    except MediaFailure as failure:
        if not failure.permanent:
            raise
        raise GivenUp(str(failure)) from failure
    store_rendition(recording=original.recording, kind=kind, mime=mime, size=size, key=key)
    return True
