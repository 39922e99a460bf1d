"""What a ready recording sounds and looks like: measured once, beside publishing and never before it."""

import logging
import uuid

from django.conf import settings
from django.db import transaction

from bothways.media.actions.renditions import store_rendition
from bothways.media.actions.scratch import scratch_folder
from bothways.media.measurement import Measurement, as_json
from bothways.media.models import Recording, Rendition, RenditionKind
from bothways.media.steps.calls import make_measurement
from bothways.media.steps.failure import MediaFailure
from bothways.media.store import get_store

logger = logging.getLogger(__name__)


def add_measurement(*, recording_id: uuid.UUID) -> None:
    """Measure a ready recording and keep its levels to draw. Doing it again changes nothing.

    Raises:
        MediaFailure: something passing stood in the way. After what will never work, nothing is known of it.
    """
    playables = Rendition.objects.select_related("recording").filter(kind=RenditionKind.PLAYABLE)
    playable = playables.filter(recording=recording_id, recording__measurement__isnull=True).first()
    if playable is None:
        return
    try:
        measurement, peaks = _measured(playable)
    except MediaFailure as failure:
        if not failure.permanent:
            raise
        logger.warning("Recording %s could not be measured: %s", recording_id, failure)
        measurement, peaks = Measurement(), None
    _keep(playable.recording, measurement, peaks)


def _measured(playable: Rendition) -> tuple[Measurement, tuple[str, int] | None]:
    """The measurement, and under which key the levels stand, with their size in bytes."""
    with scratch_folder() as folder, get_store().local_path(playable.store_key) as source:
        measurement, peaks = make_measurement(source, folder, memory_mb=settings.MEDIA_MEMORY_MB)
        if peaks is None:
            return measurement, None
        key = f"{playable.organization_id}/{playable.recording_id}/{peaks.name}"
        return measurement, (key, get_store().put_file(key, peaks))


@transaction.atomic
def _keep(recording: Recording, measurement: Measurement, peaks: tuple[str, int] | None) -> None:
    if peaks:
        key, size = peaks
        store_rendition(recording=recording, kind=RenditionKind.PEAKS, mime="application/json", size=size, key=key)
    Recording.objects.filter(id=recording.id, measurement__isnull=True).update(measurement=as_json(measurement))
