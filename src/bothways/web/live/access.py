"""Who comes to a room, by which way: members by their session, candidates by the ticket that their page carries.

Asked again and again while a socket is open, so that who may no longer be there is no longer there.
"""

import uuid
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Member, User
from bothways.interviews.queries.letters import zone_of
from bothways.lib.errors import NotAllowed
from bothways.live.models import Participant, Room, Slot
from bothways.live.policies import may_enter_room
from bothways.live.queries.hours import require_open
from bothways.web.room_tickets import actor_of, read_ticket

TICKET_HEADER = "X-Bothways-Ticket"


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who may be in this room now, and the language and zone they read."""

    actor: Actor
    room: Room
    slot: Slot
    language: str
    zone: str


@dataclass(frozen=True, slots=True)
class RoomAccess:
    """Somebody who is in this room."""

    actor: Actor
    participant: Participant
    room: Room


def open_entry(room_id: uuid.UUID, user: User | AnonymousUser, ticket: str) -> Entry:
    """Who is coming, if they may be in this room now. A ticket goes before a session: the page that carries it is the
    candidate's. Seven queries at most.

    Raises:
        NotAllowed: there is no such room for them.
        Refused: the room is not open.
    """
    room = room_with_all(room_id)
    actor, language, zone = _who(room, user, ticket)
    if not may_enter_room(actor, room.interview):
        raise NotAllowed("not_allowed", _("This talk is not yours to join."))
    return Entry(actor, room, require_open(room), language, zone)


def room_access(request: HttpRequest, room_id: uuid.UUID) -> RoomAccess:
    """The same for a request that a page sends beside its socket, from somebody who has been let in.

    Raises:
        NotAllowed: there is no such room for them, or they wait before it.
        Refused: the room is not open.
    """
    entry = open_entry(room_id, request.user, request.headers.get(TICKET_HEADER, ""))
    return _seat(entry.actor, entry.room)


def seat_access(request: HttpRequest, room_id: uuid.UUID) -> RoomAccess:
    """The same after the talk has ended: what was recorded in it still goes up.

    Raises:
        NotAllowed: there is no such room for them, or they were not in it.
    """
    room = room_with_all(room_id)
    actor, _language, _zone = _who(room, request.user, request.headers.get(TICKET_HEADER, ""))
    return _seat(actor, room)


def _seat(actor: Actor, room: Room) -> RoomAccess:
    participant = Participant.objects.filter(
        room=room,
        member=actor.id if actor.is_member else None,
        admitted_at__isnull=False,
        removed_at__isnull=True,
    ).first()
    if participant is None:
        raise NotAllowed("not_in", _("You are not in this talk. Load its page again."))
    participant.room = room
    return RoomAccess(actor, participant, room)


def room_with_all(room_id: uuid.UUID) -> Room:
    """One query.

    Raises:
        NotAllowed: there is none.
    """
    rooms = Room.objects.select_related(
        "organization",
        "interview__organization",
        "interview__stage",
        "interview__position",
        "interview__kit_version",
        "interview__application__candidate",
    )
    room = rooms.filter(id=room_id).first()
    if room is None:
        raise NotAllowed("not_allowed", _("This talk is not yours to join."))
    return room


def member_in(room: Room, user: User | AnonymousUser) -> Member | None:
    """The user's active membership in the room's organization."""
    if not user.is_authenticated:
        return None
    members = Member.objects.select_related("user", "organization")
    return members.filter(organization=room.organization_id, user=user.pk, is_active=True, user__is_active=True).first()


def _who(room: Room, user: User | AnonymousUser, ticket: str) -> tuple[Actor, str, str]:
    if ticket:
        read = read_ticket(ticket)
        actor = actor_of(read, room.interview) if read else None
        if actor:
            return actor, room.interview.language, zone_of(room.interview)
    elif member := member_in(room, user):
        return member_actor(member), member.user.language, member.user.time_zone
    raise NotAllowed("not_allowed", _("This talk is not yours to join."))
