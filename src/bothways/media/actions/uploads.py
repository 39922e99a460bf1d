"""The life of an upload: issued before the first byte, complete with the last one, or given up, or out of time.

The bytes themselves never pass through here: the store has them, and the upload server (`web/bytes`) writes them.
A recording is received when it is known how many segments it has and each of them has ended. Verbs lock the recording
first, then its uploads, and the audit log last, so that two segments which end at once wait for one another instead of
missing it, and never in a circle.
"""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.lib.errors import Refused
from bothways.lib.tokens import digest, new_token
from bothways.media.actions.asking import about
from bothways.media.actions.listening import ask_to_listen
from bothways.media.models import Recording, RecordingState, Upload
from bothways.media.queries.uploads import expired_uploads, never_ended, open_uploads
from bothways.media.store import StoreFull, closed_key, get_store
from bothways.work.actions.jobs import enqueue

LEFTOVERS_KEPT_S = 24 * 3600


@transaction.atomic
def issue_upload(
    *,
    recording: Recording,
    max_bytes: int,
    expires_at: dt.datetime,
    segment: int = 1,
    client_key: uuid.UUID | None = None,
) -> tuple[Upload, str]:
    """The way in for a segment's bytes, and the token that opens it, told only here.

    Asking again for the same segment gives the same upload with a new token and the new end of its time; the old
    token opens nothing any more, and what arrived stays. So it does when all has arrived and only the answer was lost.

    Raises:
        Refused: `given_up`; `taken_over`, it was closed from elsewhere; `segment_taken`, another device made it, and
            two may not write into one file.
    """
    token = new_token()
    upload, is_new = Upload.objects.get_or_create(
        recording=recording,
        segment=segment,
        defaults={
            "organization_id": recording.organization_id,
            "client_key": client_key,
            "token_digest": digest(token),
            "max_bytes": max_bytes,
            "expires_at": expires_at,
        },
    )
    if is_new and segment == 1:
        ask_to_listen(recording=recording)
    if not is_new:
        _require_own(upload, client_key)
        upload.token_digest, upload.expires_at = digest(token), expires_at
        upload.save(update_fields=["token_digest", "expires_at"])
        # Left by a process that died while it closed the upload: the row says that it is open.
        get_store().delete(closed_key(upload.store_key))
    return upload, token


@transaction.atomic
def declare_length(*, upload_id: uuid.UUID, length: int, device_duration_ms: int | None = None) -> Upload:
    """Say how many bytes the whole has. Completes the upload if they are all here; the same length again is no change.

    Raises:
        Refused: `length_differs`, another length was said before or more is here already; `upload_too_large`;
            `taken_over`, it was closed from elsewhere.
    """
    _locked_recording(upload_id)
    upload = Upload.objects.select_related("recording").get(id=upload_id)
    if device_duration_ms is not None and upload.device_duration_ms is None:
        Upload.objects.filter(id=upload_id).update(device_duration_ms=device_duration_ms)
    if upload.length == length:
        return complete_if_whole(upload_id=upload_id)
    if upload.closed_at is not None:
        raise taken_over()
    if length > upload.max_bytes:
        raise Refused("upload_too_large", _("This recording is larger than is allowed. What arrived is kept."))
    size = get_store().size(upload.store_key) or 0
    if length < size or not open_uploads().filter(id=upload_id, length=None).update(length=length):
        raise Refused("length_differs", _("The length of this recording was said before, and was another."))
    # A part may become durable between our look at the bytes and our commit, and its request not see the length yet.
    transaction.on_commit(lambda: complete_if_whole(upload_id=upload_id))
    return complete_if_whole(upload_id=upload_id)


@transaction.atomic
def complete_if_whole(*, upload_id: uuid.UUID) -> Upload:
    """Complete the upload if its length is known and all bytes are durable. Otherwise nothing changes."""
    upload = Upload.objects.select_related("recording").get(id=upload_id)
    if upload.is_open and upload.length is not None:
        size = get_store().durable_size(upload.store_key) or 0
        if size == upload.length:
            complete(upload_id=upload_id, size=size)
            upload.refresh_from_db()
    return upload


@transaction.atomic
def close_upload(*, upload_id: uuid.UUID) -> Upload:
    """End a segment with what has arrived, whatever its sender still holds. One that has ended stays as it is.

    From here on nothing more is called safe: the token opens nothing, and a part that is on its way in this moment
    finds the mark before it is acknowledged. So every byte that was acknowledged is among those counted here.

    Raises:
        Refused: `store_full`.
    """
    _locked_recording(upload_id)
    upload = Upload.objects.select_related("recording").get(id=upload_id)
    if not upload.is_open:
        return upload
    store = get_store()
    try:
        with store.write_at(closed_key(upload.store_key), 0) as mark:
            mark.sync()
    except StoreFull:
        words = _("Our disk is full, so we cannot change this just now. What arrived is safe. Try again in a while.")
        raise Refused("store_full", words) from None
    size = store.durable_size(upload.store_key) or 0
    closed = {"closed_at": timezone.now(), "token_digest": digest(new_token())}
    if open_uploads().filter(id=upload_id).update(**closed):
        complete(upload_id=upload_id, size=size)
    upload.refresh_from_db()
    return upload


@transaction.atomic
def complete(*, upload_id: uuid.UUID, size: int) -> bool:
    """All `size` bytes are durable. With the last segment the recording is received, and settling it is asked for in
    the same transaction.

    Of many who say so at once, one is first; true for that one.
    """
    recording = _locked_recording(upload_id)
    if not open_uploads().filter(id=upload_id).update(completed_at=timezone.now(), length=size):
        return False
    _receive_if_all_ended(recording)
    return True


@transaction.atomic
def end_recording(*, recording_id: uuid.UUID) -> int:
    """No segment follows those that there are. Says how many; the first who says it is right."""
    recording = _locked(Recording.objects.filter(id=recording_id))
    if recording.segments is None:
        last = recording.uploads.order_by("-segment").values_list("segment", flat=True).first()
        recording.segments = last or 1
        recording.save(update_fields=["segments"])
        _receive_if_all_ended(recording)
    return recording.segments


@transaction.atomic
def terminate(*, upload_id: uuid.UUID) -> bool:
    """The sender gives the upload up, and its bytes go. True for the first who says so.

    A recording of which nothing else is left has failed.
    """
    recording = _locked_recording(upload_id)
    now = timezone.now()
    if not open_uploads().filter(id=upload_id).update(terminated_at=now):
        return False
    upload = Upload.objects.get(id=upload_id)
    transaction.on_commit(lambda: get_store().delete(upload.store_key))
    if recording.uploads.filter(terminated_at=None).exists():
        _receive_if_all_ended(recording)
    else:
        _give_up(recording)
    return True


def sweep(*, now: dt.datetime | None = None) -> int:
    """Bring to an end what nobody will: complete what is whole, and close what is out of time. Returns how many.

    What arrived of an upload that is out of time is settled like a whole one: its healthy beginning can be watched.
    """
    ended = 0
    now = now or timezone.now()
    for upload in open_uploads().exclude(length=None).iterator():
        ended += complete_if_whole(upload_id=upload.id).completed_at is not None
    for upload in expired_uploads(now).iterator():
        ended += _close(upload)
    for recording_id in never_ended(now).values_list("id", flat=True):
        end_recording(recording_id=recording_id)
    get_store().tidy(LEFTOVERS_KEPT_S)
    return ended


@transaction.atomic
def _close(upload: Upload) -> bool:
    size = get_store().durable_size(upload.store_key)
    if size:
        return complete(upload_id=upload.id, size=size)
    return terminate(upload_id=upload.id)


def _receive_if_all_ended(recording: Recording) -> None:
    """For the holder of the recording's lock: the last of its segments to end makes it received."""
    uploads = recording.uploads.order_by()
    if recording.segments is None or uploads.filter(completed_at=None, terminated_at=None).exists():
        return
    size = uploads.filter(completed_at__isnull=False).aggregate(size=Sum("length"))["size"]
    received = Recording.objects.filter(id=recording.id, state=RecordingState.RECEIVING).update(
        state=RecordingState.RECEIVED, size=size or 0, received_at=timezone.now()
    )
    if not received:
        return
    enqueue(name="media.settle", **about(recording))
    segments = {"segments": recording.segments} if recording.segments > 1 else {}
    _log(recording, "recording.received", bytes=size or 0, **segments)


def _give_up(recording: Recording) -> None:
    Recording.objects.filter(id=recording.id, state=RecordingState.RECEIVING).update(
        state=RecordingState.FAILED, failure_code="given_up", settled_at=timezone.now()
    )
    _log(recording, "recording.given_up")


def _locked_recording(upload_id: uuid.UUID) -> Recording:
    return _locked(Recording.objects.filter(uploads=upload_id))


def _locked(recordings: QuerySet[Recording]) -> Recording:
    return recordings.select_related("organization").select_for_update(of=("self",), no_key=True).get()


def _require_own(upload: Upload, client_key: uuid.UUID | None) -> None:
    if upload.terminated_at is not None:
        raise Refused("given_up", _("This recording was given up. Nothing can be added to it. Record it again."))
    if upload.closed_at is not None:
        raise taken_over()
    if client_key is not None and upload.client_key is not None and upload.client_key != client_key:
        words = _("Another device records this part. What both recorded is safe. Go on with the next part.")
        raise Refused("segment_taken", words)


def taken_over() -> Refused:
    """The refusal for a device whose recording was brought to its end on another one."""
    words = _(
        "You went on with this answer on another device. What had reached our server from here is safe and part of "
        "your answer."
    )
    return Refused("taken_over", words)


def _log(recording: Recording, verb: str, **detail: int) -> None:
    audit.record(
        organization=recording.organization,
        actor=system_actor(recording.organization_id),
        verb=verb,
        thing=recording,
        detail=detail,
    )
