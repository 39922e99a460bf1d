"""A room as a whole: made for a live interview, and ended for good."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor, system_actor
from bothways.interviews.actions.receipt import send_receipt
from bothways.interviews.actions.state import change_state
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.promise import promised_day, rating_day
from bothways.lib.errors import Refused, require
from bothways.lib.signals import raters_changed
from bothways.live.actions.compositions import ask_to_put_together
from bothways.live.actions.consents import stop
from bothways.live.actions.locking import locked
from bothways.live.models import Participant, ParticipantKind, Place, Room, SlotState
from bothways.live.policies import may_host
from bothways.live.queries.hours import LATE, booked_slot
from bothways.live.queries.talk import rules_of, running_period
from bothways.review.actions.attendance import come_to_talk, forget_attendance, settle_attendance


def make_room(*, interview: Interview) -> Room:
    """The room of a live interview: the one that there is, or a new one, recorded if the stage says and all agree."""
    found = Room.objects.filter(interview=interview, organization=interview.organization_id).first()
    if found is None:
        asks = rules_of(interview.stage).asks_to_record
        found, _is_new = Room.objects.get_or_create(
            organization_id=interview.organization_id, interview=interview, defaults={"asks_to_record": asks}
        )
    found.interview = interview
    return found


def clear_seats(*, interview: Interview) -> None:
    """Another time will be picked, or none: whoever was in before was not there for that."""
    Room.objects.filter(interview=interview, ended_at=None).update(opened_at=None)
    Participant.objects.filter(room__interview=interview).update(admitted_at=None, together_s=0)
    forget_attendance(interview=interview)


@transaction.atomic
def end_talk(*, room: Room, actor: Actor) -> bool:
    """A host ends the talk for everybody: the interview counts as held, and its reply is promised. False if it had
    ended before.

    Raises:
        Refused: `nobody_came`: the candidate was never in.
    """
    room = locked(room)
    require(may_host(actor, room.interview), _("Only hosts end a talk."))
    if room.ended_at is not None:
        return False
    if not _was_held(room):
        raise Refused(
            "nobody_came",
            _("The candidate has not been in the room yet, so there is nothing to end. Leave, and nothing is lost."),
        )
    _end(room, actor, _shares(room))
    return True


@transaction.atomic
def say_held(*, room: Room, actor: Actor) -> bool:
    """A host says that a talk on the telephone or on site was held, and was there for all of it. False if that is
    known already.

    Raises:
        Refused: `no_time`, `in_room`, or `too_soon`.
    """
    room = locked(room)
    require(may_host(actor, room.interview), _("Only hosts say that a talk was held."))
    if room.ended_at is not None:
        return False
    slot = booked_slot(room.interview)
    if slot is None:
        raise Refused("no_time", _("No time is booked for this talk."))
    if slot.place == Place.ROOM:
        raise Refused("in_room", _("This talk is held in its room here, and ends there."))
    if slot.starts_at > timezone.now():
        raise Refused("too_soon", _("This talk has not begun yet. Say afterwards that it was held."))
    come_to_talk(interview=room.interview, actor=actor)
    _end(room, actor, {actor.id: 1.0} if actor.id else {})
    return True


def end_lapsed_talks() -> int:
    """Talks that were held and that nobody ended, long after their time. How many they were."""
    since = timezone.now() - LATE
    lapsed = Room.objects.filter(
        ended_at__isnull=True,
        opened_at__isnull=False,
        interview__slots__state=SlotState.BOOKED,
        interview__slots__ends_at__lt=since,
        participants__kind=ParticipantKind.CANDIDATE,
        participants__admitted_at__isnull=False,
    ).distinct()
    return sum(_end_lapsed(room) for room in lapsed)


@transaction.atomic
def _end_lapsed(room: Room) -> bool:
    room = locked(room)
    if room.ended_at is not None:
        return False
    _end(room, system_actor(room.organization_id), _shares(room))
    return True


def _end(room: Room, actor: Actor, shares: dict[uuid.UUID, float]) -> None:
    period = running_period(room.id)
    room.ended_at = timezone.now()
    room.save(update_fields=["ended_at"])
    if period:
        stop(room=room, period=period, why="ended")
    ask_to_put_together(room=room)
    audit.record(organization=room.organization, actor=actor, verb="room.ended", thing=room)
    interview = room.interview
    settle_attendance(interview=interview, shares=shares)
    promise = {"reply_by": promised_day(interview), "rate_by": rating_day(interview)}
    if change_state(interview=interview, to=InterviewState.SUBMITTED, actor=actor, fields=promise):
        send_receipt(interview=interview, kind="live.thanks")
        raters_changed.send(Interview, thing=interview)


def _was_held(room: Room) -> bool:
    return Participant.objects.filter(room=room, kind=ParticipantKind.CANDIDATE, admitted_at__isnull=False).exists()


def _shares(room: Room) -> dict[uuid.UUID, float]:
    """Of each member, which part of the candidate's time in the room they were there, too."""
    seats = list(Participant.objects.filter(room=room))
    whole = max((one.together_s for one in seats if one.kind == ParticipantKind.CANDIDATE), default=0)
    hosts = [one for one in seats if one.kind == ParticipantKind.HOST]
    return {one.member_id: min(1.0, one.together_s / whole) if whole else 0.0 for one in hosts}
