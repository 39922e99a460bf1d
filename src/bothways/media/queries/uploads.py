"""Looking up uploads, and how far they are."""

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, QuerySet

from bothways.lib.tokens import digest
from bothways.media.models import Recording, RecordingState, Upload
from bothways.media.store import get_store


def upload_of_token(token: str) -> Upload | None:
    """The upload that this token fills, with its recording; `None` where the token opens nothing or was given up."""
    found = Upload.objects.select_related("recording").filter(token_digest=digest(token), terminated_at=None)
    return found.order_by().first()


def uploads_of(recording: Recording) -> list[Upload]:
    """The segments in their order, those that were given up included. No query after a prefetch of uploads."""
    return sorted(recording.uploads.all(), key=lambda upload: upload.segment)


def open_uploads() -> QuerySet[Upload]:
    """Neither complete nor given up, with their recordings."""
    return Upload.objects.select_related("recording").filter(completed_at=None, terminated_at=None)


def expired_uploads(now: dt.datetime) -> QuerySet[Upload]:
    """Open, but their time is over."""
    return open_uploads().filter(expires_at__lte=now)


def arrived_segments(recording_id: uuid.UUID) -> list[Upload]:
    """The complete segments that have any bytes, in their order."""
    found = Upload.objects.filter(recording=recording_id, completed_at__isnull=False).exclude(length=0)
    return list(found.order_by("segment"))


def never_ended(now: dt.datetime) -> QuerySet[Recording]:
    """Recordings whose time is over, with every segment ended, but nobody said how many there are."""
    waiting = Upload.objects.filter(recording=OuterRef("pk"))
    return (
        Recording.objects.filter(Exists(waiting), state=RecordingState.RECEIVING, segments=None)
        .exclude(Exists(waiting.filter(expires_at__gt=now)))
        .exclude(Exists(waiting.filter(completed_at=None, terminated_at=None)))
    )


def offset_of(upload: Upload) -> int:
    """How many bytes of it are in the store."""
    if upload.completed_at is not None:
        return upload.length or 0
    return 0 if upload.terminated_at is not None else get_store().size(upload.store_key) or 0
