"""The trip of one leg: opened once its recorder runs, placed on the server's clock, finished with its last byte."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.interviews.models import InterviewState
from bothways.interviews.queries.limits import MOST_BYTES_PER_SECOND
from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.locking import locked
from bothways.live.models import Leg, Participant, RecordingConsent, RecordingPeriod, Room
from bothways.live.queries.legs import GRACE_S, LONGEST_LEG_S, legs_of
from bothways.media.actions.recordings import create_recording
from bothways.media.actions.uploads import close_upload, declare_length, issue_upload
from bothways.media.models import MediaKind
from bothways.media.queries.uploads import uploads_of

UPLOAD_LIFE = dt.timedelta(hours=24)

LATE = dt.timedelta(minutes=10)
"""So long after a period a device whose line was down may still announce what it recorded in it."""

MOST_LEGS = 100
"""Of one person in one period: more than any line breaks."""

WORST_CLOCK_PPM = 20_000
WORST_CLOCK_ERROR_MS = 10_000
AROUND = dt.timedelta(minutes=1)
"""A leg cannot have begun longer before its period, or longer in the future."""


@dataclass(frozen=True, slots=True)
class OpenedLeg:
    """A leg that waits for its bytes. The token opens the upload and is said only here."""

    leg: Leg
    upload_id: uuid.UUID
    token: str
    max_bytes: int


@transaction.atomic
def open_leg(
    *, participant: Participant, period_id: uuid.UUID, client_key: uuid.UUID, kind: str, mime: str
) -> OpenedLeg:
    """Make room for one side of a period. The same `client_key` gives the same leg, with a new token.

    Raises:
        Refused: `not_recording`, `no_consent`, `withdrawn`, `too_many_legs`, `not_media`, or `taken_over` for a leg
            that was ended with what had arrived.
    """
    room = locked(participant.room)
    if room.interview.state == InterviewState.WITHDRAWN:
        raise Refused("withdrawn", _("This interview was taken back. Nothing more is recorded."))
    _require_consent(room, participant)
    leg = legs_of(room.id).filter(period=period_id, client_key=client_key).first()
    if leg is None:
        period = _period(room, period_id)
        leg = _new_leg(participant, period, client_key, kind, mime)
    elif leg.participant_id != participant.id:
        raise NotAllowed("not_allowed", _("This was recorded by somebody else."))
    upload, token = issue_upload(
        recording=leg.recording,
        max_bytes=min(settings.UPLOAD_MAX_BYTES, (LONGEST_LEG_S + GRACE_S) * MOST_BYTES_PER_SECOND),
        expires_at=timezone.now() + UPLOAD_LIFE,
        client_key=client_key,
    )
    return OpenedLeg(leg, upload.id, token, upload.max_bytes)


@transaction.atomic
def place_leg(*, leg: Leg, started_at: dt.datetime, clock_error_ms: float, clock_rate_ppm: float) -> Leg:
    """When its first sample was taken, on our clock, as well as the device knows by now. It may say so again.

    Raises:
        Refused: `bad_clock`, that cannot be.
    """
    earliest, latest = leg.period.started_at - AROUND, (leg.period.stopped_at or timezone.now()) + AROUND
    is_sane = abs(clock_rate_ppm) <= WORST_CLOCK_PPM and 0 <= clock_error_ms <= WORST_CLOCK_ERROR_MS
    if not (is_sane and earliest <= started_at <= latest):
        raise Refused("bad_clock", _("The clock of your device could not be read. Load the page again."))
    leg.started_at, leg.clock_error_ms, leg.clock_rate_ppm = started_at, clock_error_ms, clock_rate_ppm
    leg.save(update_fields=["started_at", "clock_error_ms", "clock_rate_ppm"])
    return leg


@transaction.atomic
def finish_leg(*, leg: Leg, size: int, duration_ms: int) -> Leg:
    """The device says that the leg has `size` bytes and nothing follows. Saying it again changes nothing.

    Raises:
        Refused: `length_differs`, `upload_too_large`, or `taken_over`: it was ended with what had arrived.
    """
    declare_length(upload_id=uploads_of(leg.recording)[0].id, length=size, device_duration_ms=duration_ms)
    Leg.objects.filter(id=leg.id, finished_at=None).update(finished_at=timezone.now())
    leg.refresh_from_db()
    return leg


@transaction.atomic
def end_legs(*, participant: Participant) -> int:
    """Whoever takes their yes back is recorded no further: what has arrived by now is all there is. How many legs."""
    ended = 0
    for leg in legs_of(participant.room_id).filter(participant=participant, finished_at=None):
        ended += end_leg(leg=leg)
    return ended


@transaction.atomic
def end_leg(*, leg: Leg) -> bool:
    """End a leg with what has arrived. False where it had ended.

    Raises:
        Refused: `store_full`.
    """
    is_first = bool(Leg.objects.filter(id=leg.id, finished_at=None).update(finished_at=timezone.now()))
    for upload in uploads_of(leg.recording):
        close_upload(upload_id=upload.id)
    return is_first


def _require_consent(room: Room, participant: Participant) -> None:
    consents = RecordingConsent.objects.filter(participant=participant, withdrawn_at__isnull=True)
    if participant.removed_at is not None or not consents.exists():
        raise Refused("no_consent", _("You have not agreed to being recorded. Nothing of you was kept."))


def _period(room: Room, period_id: uuid.UUID) -> RecordingPeriod:
    """The one that runs, or ran a moment ago: a line that was down must not lose what was recorded in time."""
    period = RecordingPeriod.objects.filter(room=room, id=period_id).first()
    if period is None or (period.stopped_at is not None and period.stopped_at < timezone.now() - LATE):
        raise Refused("not_recording", _("The talk is not being recorded. Nothing was kept."))
    return period


def _new_leg(participant: Participant, period: RecordingPeriod, client_key: uuid.UUID, kind: str, mime: str) -> Leg:
    if kind not in MediaKind.values or not mime.startswith(("video/", "audio/")) or not mime.isprintable():
        raise Refused("not_media", _("Only video or audio can be used. Please record it here."))
    if Leg.objects.filter(period=period, participant=participant).count() >= MOST_LEGS:
        raise Refused("too_many_legs", _("Your line broke too often. What you sent is safe."))
    return Leg.objects.create(
        organization_id=participant.organization_id,
        period=period,
        participant=participant,
        client_key=client_key,
        recording=create_recording(
            organization=participant.organization, kind=kind, declared_mime=mime, is_source=True
        ),
    )
