"""Making a recording gone: its bytes, everything made from it, and its rows."""

from django.db import transaction
from django.utils import timezone

from bothways.media.models import Recording, Upload
from bothways.media.queries.uploads import open_uploads
from bothways.media.store import closed_key, get_store


@transaction.atomic
def erase_recording(*, recording: Recording) -> None:
    """Delete a recording for good. Doing it again is harmless.

    Bytes go before rows: if the server dies in between, the rows still say what is left to delete. Whatever points at
    the recording must be deleted first, in the same transaction; the caller writes the audit log, because only the
    caller knows why.

    Raises:
        ProtectedError: something still needs the recording.
    """
    Recording.objects.select_for_update(no_key=True).filter(id=recording.id).first()
    uploads = list(Upload.objects.filter(recording=recording))
    open_uploads().filter(recording=recording).update(terminated_at=timezone.now())
    store = get_store()
    originals = [key for upload in uploads for key in (upload.store_key, closed_key(upload.store_key))]
    for key in [recording.original_key, *originals, *recording.renditions.values_list("store_key", flat=True)]:
        store.delete(key)
    recording.delete()
