"""What has come of each side of a recorded talk."""

import uuid

from django.db.models import Exists, OuterRef, QuerySet

from bothways.live.models import Composition, Leg, Participant, ParticipantKind, RecordingConsent
from bothways.media.models import RecordingState

LONGEST_LEG_S = 20 * 60
"""A browser begins a new leg after this, so that no file gets so large that losing it would hurt."""
GRACE_S = 60


def legs_of(room_id: uuid.UUID) -> QuerySet[Leg]:
    """Every leg of a talk, the oldest first, with its recording."""
    legs = Leg.objects.filter(period__room=room_id).select_related("recording", "participant", "period")
    return legs.order_by("created_at", "id")


def own_leg(participant: Participant, leg_id: uuid.UUID) -> Leg | None:
    """One query."""
    return legs_of(participant.room_id).filter(participant=participant, id=leg_id).first()


def usable_legs(composition: Composition) -> list[Leg]:
    """The legs that play and lie in the time of a composition. One query."""
    found = legs_of(composition.room_id).filter(
        recording__state=RecordingState.READY, started_at__isnull=False, started_at__lt=composition.ends_at
    )
    return [leg for leg in found if _ends(leg) > composition.starts_at.timestamp()]


def in_order(participants: set[Participant]) -> list[Participant]:
    """How people stand from left to right: the candidate first, then hosts as they came."""
    return sorted(participants, key=lambda one: (one.kind != ParticipantKind.CANDIDATE, one.created_at, one.id))


def missing_from(composition: Composition, usable: list[Leg]) -> list[str]:
    """Whose side is not in it: a device of theirs recorded at the time and nothing usable came, or they had agreed
    and never sent anything at all. The candidate has no name here, because not everybody may read it. Two queries."""
    here = {leg.participant_id for leg in usable}
    begun = legs_of(composition.room_id).filter(
        period__started_at__lt=composition.ends_at, period__stopped_at__gt=composition.starts_at
    )
    lost = {
        leg.participant
        for leg in begun.exclude(recording__state=RecordingState.READY, started_at__isnull=False)
        if leg.participant_id not in here
    }
    agreed = RecordingConsent.objects.filter(participant=OuterRef("pk"), withdrawn_at__isnull=True)
    silent = Participant.objects.filter(
        Exists(agreed), room=composition.room_id, admitted_at__lt=composition.ends_at, removed_at__isnull=True
    ).exclude(Exists(Leg.objects.filter(participant=OuterRef("pk"))))
    return [one.name if one.kind == ParticipantKind.HOST else "" for one in in_order(lost | set(silent))]


def _ends(leg: Leg) -> float:
    assert leg.started_at is not None
    return leg.started_at.timestamp() + (leg.recording.duration_ms or 0) / 1000
