"""Looking into what is still arriving."""

import logging

from bothways.media.actions.joining import files_of
from bothways.media.actions.scratch import scratch_folder
from bothways.media.models import Recording
from bothways.media.queries.uploads import uploads_of
from bothways.media.steps.calls import measure
from bothways.media.steps.failure import MediaFailure

logger = logging.getLogger(__name__)


def arrived_ms(recording: Recording) -> int | None:
    """How much of a recording on its way could be played now; None where that cannot be told. Takes some 200 ms.

    For a device that goes on with what another one began: it has nothing of it but what is here.
    """
    try:
        with scratch_folder() as folder, files_of([upload.store_key for upload in uploads_of(recording)]) as sources:
            return measure(sources, folder) if sources else 0
    except MediaFailure as failure:
        logger.warning("What arrived of recording %s could not be measured: %s", recording.id, failure)
        return None
