"""One more segment of a take: after a telephone call, a killed tab, a change of camera, or on another device."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.closed import refuse_closed
from bothways.interviews.actions.takes import locked, reread
from bothways.interviews.models import Interview, Take
from bothways.interviews.queries.limits import MOST_SEGMENTS, max_bytes, segment_max_bytes
from bothways.interviews.queries.window import accepts_begun_takes, uploads_until
from bothways.lib.errors import Refused
from bothways.media.actions.uploads import issue_upload, taken_over
from bothways.media.models import RecordingState
from bothways.media.queries.uploads import offset_of, uploads_of


@dataclass(frozen=True, slots=True)
class OpenedSegment:
    """A segment that waits for its bytes. The token opens its upload and is said only here."""

    number: int
    upload_id: uuid.UUID
    token: str
    max_bytes: int


@transaction.atomic
def open_segment(
    *, take: Take, number: int, mime: str, actor: Actor, client_key: uuid.UUID | None = None
) -> OpenedSegment:
    """Make room for segment `number`, or give a fresh token for one that is there. Earlier ones may still arrive.

    Numbers put the segments in order; one may be missing in between, where a device recorded nothing.

    Raises:
        Refused: `taken_over`, the take was brought to its end on another device; `segment_taken`, another device
            opened this one; `too_many_segments`; or the time to send is over.
    """
    interview = locked(take.answer.interview, actor)
    take = reread(take)
    uploads = uploads_of(take.recording)
    size = max_bytes(take.answer.question, interview, settings.UPLOAD_MAX_BYTES)
    is_new = number not in {upload.segment for upload in uploads}
    if is_new:
        _require_room(take, interview, number)
        size = min(settings.UPLOAD_MAX_BYTES, segment_max_bytes(size, sum(map(offset_of, uploads))))
    upload, token = issue_upload(
        recording=take.recording,
        segment=number,
        client_key=client_key,
        max_bytes=size,
        expires_at=uploads_until(interview),
    )
    if is_new:
        audit.record(
            organization=interview.organization,
            actor=actor,
            verb="take.continued",
            thing=take,
            detail={"segment": number, "mime": mime},
        )
    return OpenedSegment(number, upload.id, token, upload.max_bytes)


def _require_room(take: Take, interview: Interview, number: int) -> None:
    if take.finished_at is not None or take.recording.state != RecordingState.RECEIVING:
        raise taken_over()
    if not accepts_begun_takes(interview):
        raise refuse_closed(interview)
    if number > MOST_SEGMENTS:
        words = _("This take has so many parts that we cannot add another. All of them are safe. Finish it.")
        raise Refused("too_many_segments", words)
