"""Coming into a room, being let in, and going."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.live.actions.locking import locked
from bothways.live.models import MOST_PEOPLE, Participant, ParticipantKind, Room, Slot, SlotState
from bothways.live.policies import may_enter_room, may_host
from bothways.live.queries.people import present
from bothways.review.actions.attendance import come_to_talk


@transaction.atomic
def enter(*, room: Room, actor: Actor, epoch: str, connection: uuid.UUID) -> tuple[Participant, bool]:
    """Take one's seat on this connection: a new one, or the own one again. Hosts are in at once, and the first of them
    opens the room; a candidate waits until a host lets them in. True with it where the same page had been there before.

    Raises:
        NotAllowed: they have no seat here, or a host took it away.
        Refused: `full`.
    """
    room = locked(room)
    require(may_enter_room(actor, room.interview), _("This talk is not yours to join."))
    participant = _seat(room, actor)
    if participant.removed_at is not None:
        raise NotAllowed("removed", _("A host has taken you out of this talk. Only a host can let you in again."))
    now = timezone.now()
    is_new_here = participant.seen_at is None or not present(room.id).filter(id=participant.id).exists()
    is_same_page = participant.epoch == epoch
    if not is_same_page:
        participant.media = {}
    participant.connection, participant.epoch, participant.seen_at = connection, epoch, now
    if participant.admitted_at is None and participant.kind == ParticipantKind.HOST:
        _require_place(room)
        participant.admitted_at = now
    participant.save()
    if participant.kind == ParticipantKind.HOST:
        _open(room)
        come_to_talk(interview=room.interview, actor=actor)
    if is_new_here:
        _note_coming(room, participant, now)
        _log(room, actor, "room.entered", participant)
    return participant, is_same_page


@transaction.atomic
def admit(*, room: Room, actor: Actor, participant: Participant) -> bool:
    """A host lets somebody in, or in again. False if they were in already.

    Raises:
        Refused: `full`.
    """
    room = locked(room)
    require(may_host(actor, room.interview), _("Only hosts let people in."))
    if participant.admitted_at is not None and participant.removed_at is None:
        return False
    _require_place(room)
    participant.admitted_at, participant.removed_at = timezone.now(), None
    participant.save(update_fields=["admitted_at", "removed_at"])
    _log(room, actor, "room.admitted", participant)
    return True


@transaction.atomic
def remove(*, room: Room, actor: Actor, participant: Participant) -> bool:
    """A host takes somebody out; a host can let them in again. False if they were out already."""
    room = locked(room)
    require(may_host(actor, room.interview), _("Only hosts take people out."))
    if participant.member_id is not None and participant.member_id == actor.id:
        raise Refused("own_seat", _("This is your own seat. Press Leave to go."))
    if participant.removed_at is not None:
        return False
    participant.removed_at = timezone.now()
    participant.save(update_fields=["removed_at"])
    _log(room, actor, "room.removed", participant)
    return True


def keep_seat(*, participant_id: uuid.UUID, connection: uuid.UUID, together_s: int = 0) -> bool:
    """This connection is still there, and for so many seconds more somebody of the other side was, too. False when
    another connection has taken over. One query."""
    mine = Participant.objects.filter(id=participant_id, connection=connection)
    return bool(mine.update(seen_at=timezone.now(), together_s=F("together_s") + together_s))


def step_out(*, participant_id: uuid.UUID, connection: uuid.UUID) -> bool:
    """They said goodbye: nobody waits for their line to come back. The seat stays theirs."""
    mine = Participant.objects.filter(id=participant_id, connection=connection)
    return bool(mine.update(seen_at=None, connection=None))


def say_media(*, participant_id: uuid.UUID, media: dict[str, Any]) -> None:
    """What they send now, for whoever comes in later."""
    Participant.objects.filter(id=participant_id).update(media=media)


def _seat(room: Room, actor: Actor) -> Participant:
    """Created on first entry. The candidate's is the one without a member."""
    is_candidate = actor.kind == "candidate"
    seat, _is_new = Participant.objects.get_or_create(
        organization_id=room.organization_id,
        room=room,
        member_id=None if is_candidate else actor.id,
        defaults={
            "kind": ParticipantKind.CANDIDATE if is_candidate else ParticipantKind.HOST,
            "name": actor.name[:160],
        },
    )
    return seat


def _require_place(room: Room) -> None:
    if present(room.id).filter(admitted_at__isnull=False).count() >= MOST_PEOPLE:
        words = _("This room is full: %(many)s people are in it. Somebody has to leave first.")
        raise Refused("full", words % {"many": MOST_PEOPLE})


def _open(room: Room) -> None:
    if room.opened_at is None:
        room.opened_at = timezone.now()
        room.save(update_fields=["opened_at"])


def _note_coming(room: Room, participant: Participant, now: dt.datetime) -> None:
    """Who came first of each side, kept with the time for which they came."""
    came = "hosts_came_at" if participant.kind == ParticipantKind.HOST else "candidate_came_at"
    booked = Slot.objects.filter(interview=room.interview_id, state=SlotState.BOOKED)
    booked.filter(**{came: None}).update(**{came: now})


def _log(room: Room, actor: Actor, verb: str, participant: Participant) -> None:
    detail = {"participant": participant.id, "kind": participant.kind}
    audit.record(organization=room.organization, actor=actor, verb=verb, thing=room, detail=detail)
