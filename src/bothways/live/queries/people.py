"""Who is in a room, and how everybody there is told about them."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from bothways.live.models import Participant, ParticipantKind, RecordingConsent, Room

GRACE = dt.timedelta(seconds=15)
"""So long somebody whose line broke keeps their seat in the eyes of the others."""


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as the others know them. `is_in` is false in the waiting room, `reads` says that they have captions
    on, `captioned` that their own words may stand there."""

    id: uuid.UUID
    name: str
    kind: str
    title: str
    epoch: str
    media: dict[str, Any]
    consent: bool
    reads: bool
    captioned: bool
    is_in: bool

    @property
    def is_host(self) -> bool:
        return self.kind == ParticipantKind.HOST

    def as_json(self) -> dict[str, Any]:
        told = asdict(self) | {"id": str(self.id)}
        del told["is_in"]
        return told


def present_in(room_id: uuid.UUID, now: dt.datetime | None = None) -> list[Person]:
    """Everybody who is in the room or waits before it now, in the order in which they first came. One query."""
    return [_person(one) for one in with_consent(present(room_id, now))]


def present(room_id: uuid.UUID, now: dt.datetime | None = None) -> QuerySet[Participant]:
    """Those who were seen a moment ago and not removed."""
    since = (now or timezone.now()) - GRACE
    return Participant.objects.filter(room=room_id, removed_at__isnull=True, seen_at__gt=since)


def with_consent(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """As `has_said_yes`: whether they let themselves be recorded."""
    standing = RecordingConsent.objects.filter(participant=OuterRef("pk"), withdrawn_at__isnull=True)
    named = participants.select_related("member")
    return named.annotate(has_said_yes=Exists(standing)).order_by("created_at", "id")


def person_of(participant_id: uuid.UUID) -> Person:
    return _person(with_consent(Participant.objects.filter(id=participant_id)).get())


def participant_in(room: Room, participant_id: str) -> Participant | None:
    """Somebody of this room by what a page calls them. None for what is no name of anybody here."""
    try:
        wanted = uuid.UUID(participant_id)
    except ValueError:
        return None
    return Participant.objects.filter(room=room, organization=room.organization_id, id=wanted).first()


def _person(one: Participant) -> Person:
    return Person(
        id=one.id,
        name=one.name,
        kind=one.kind,
        title=one.member.title if one.member else "",
        epoch=one.epoch,
        media=one.media,
        consent=one.has_said_yes,  # type: ignore[attr-defined]
        reads=one.reads_captions,
        captioned=one.is_captioned,
        is_in=one.admitted_at is not None,
    )
