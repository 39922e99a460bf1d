"""Picking the time of a live interview: held while somebody decides, booked, moved, cancelled.

Who picks locks the rows of everybody who might host, in one order, and looks again: of two for one time the first gets
it, and the other reads that it is gone.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.actions.closed import refuse_closed
from bothways.interviews.actions.state import change_state
from bothways.interviews.models import UNFINISHED, Interview, InterviewKind, InterviewState
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.letters import zone_of
from bothways.interviews.queries.window import is_over
from bothways.lib.errors import Refused, require
from bothways.live.actions.invitations import send_invitation
from bothways.live.actions.locking import locked_interview
from bothways.live.actions.rooms import clear_seats, make_room
from bothways.live.actions.staying_open import open_to_pick_again, open_until_after
from bothways.live.models import HOLD_MINUTES, Host, Hosting, Place, Slot, SlotState
from bothways.live.openings import Opening
from bothways.live.policies import may_change_slot
from bothways.live.queries.openings import Offer, hosts_of, load, offer
from bothways.live.queries.slots import CUT_OFF, MOST_MOVES, may_still_move, slot_of


@transaction.atomic
def hold(*, actor: Actor, interview: Interview, starts_at: dt.datetime) -> Slot:
    """Keep a time for some minutes, while the candidate reads what it means. The same time again is the same slot;
    another one lets go of the one before.

    Raises:
        Refused: `time_taken`, `booked_already`, or why nothing can be picked.
    """
    interview = _own(actor, interview)
    slot = slot_of(interview)
    if slot is not None and slot.starts_at == starts_at:
        return slot
    if slot is not None and slot.state == SlotState.BOOKED:
        raise _booked_already()
    _require_open(interview)
    found = _locked_offer(interview)
    opening = _picked(found, starts_at)
    Slot.objects.filter(interview=interview, state=SlotState.HELD).delete()
    slot = Slot(
        organization=interview.organization,
        interview=interview,
        held_until=timezone.now() + dt.timedelta(minutes=HOLD_MINUTES),
    )
    _put(slot, found, opening)
    _log(actor, slot, "held")
    return slot


@transaction.atomic
def book(*, actor: Actor, interview: Interview, starts_at: dt.datetime, phone: str = "") -> Slot:
    """Take the time that is held; where the minutes have run out, only if it is still free. Twice is once.

    `phone` is where the candidate is called, and needed where the talk is on the telephone.

    Raises:
        Refused: `phone_missing`, and as `hold` does.
    """
    interview = _own(actor, interview)
    slot = hold(actor=actor, interview=interview, starts_at=starts_at)
    if slot.state == SlotState.BOOKED:
        return slot
    _require_open(interview)
    phone = " ".join(phone.split())
    if slot.place == Place.PHONE and not phone:
        raise Refused("phone_missing", _("Write the number at which we can call you."))
    slot.state, slot.booked_at, slot.held_until = SlotState.BOOKED, timezone.now(), None
    slot.phone = phone[: Slot._meta.get_field("phone").max_length] if slot.place == Place.PHONE else ""
    slot.save(update_fields=["state", "booked_at", "held_until", "phone"])
    change_state(interview=interview, to=InterviewState.STARTED, actor=actor)
    if slot.place == Place.ROOM:
        make_room(interview=interview)
    open_until_after(slot)
    _log(actor, slot, "booked")
    send_invitation(slot=slot, change="booked", by=actor)
    return slot


@transaction.atomic
def move(*, actor: Actor, interview: Interview, starts_at: dt.datetime) -> Slot:
    """The candidate takes another time for the same talk. The same time again changes nothing.

    Raises:
        Refused: `not_booked`, `too_late`, `moved_often`, `time_taken`.
    """
    interview = _own(actor, interview)
    slot = _booked(interview)
    if slot.starts_at == starts_at:
        return slot
    if not may_still_move(slot):
        raise _no_more_moves(slot)
    slot.moved += 1
    _move(actor, interview, slot, starts_at, "")
    return slot


@transaction.atomic
def move_for_candidate(*, actor: Actor, slot: Slot, starts_at: dt.datetime, reason: str = "") -> Slot:
    """The team moves a talk, with words for the candidate, who can pick another time from there.

    Raises:
        NotAllowed, Refused: `not_booked`, `time_taken`.
    """
    interview, slot = _managed(actor, slot)
    if slot.starts_at != starts_at:
        _move(actor, interview, slot, starts_at, _words(reason))
    return slot


@transaction.atomic
def cancel(*, actor: Actor, interview: Interview, reason: str = "") -> Slot | None:
    """The candidate gives a booked time back, with words or without. None where none is booked (any more).

    Raises:
        Refused: `begun`, when the time has come.
    """
    interview = _own(actor, interview)
    slot = slot_of(interview)
    if slot is None or slot.state != SlotState.BOOKED:
        return None
    if slot.starts_at <= timezone.now():
        raise Refused("begun", _("The time of your talk has come, so it is no longer cancelled here. Write to us."))
    return _cancel(actor, interview, slot, _words(reason))


@transaction.atomic
def cancel_for_candidate(*, actor: Actor, slot: Slot, reason: str = "") -> Slot:
    """The team cancels a booked talk, also one that did not happen, with words for the candidate, who picks again.

    Raises:
        NotAllowed, Refused: `not_booked`.
    """
    interview, slot = _managed(actor, slot)
    return _cancel(actor, interview, slot, _words(reason))


def release(*, interview: Interview, actor: Actor) -> None:
    """Whoever takes part no more frees the hosts, who are told; numbers and words of theirs go."""
    slot = Slot.objects.filter(interview=interview, state=SlotState.BOOKED).first()
    if slot is not None and slot.starts_at > timezone.now():
        _give_back(actor, slot, "")
    Slot.objects.filter(interview=interview).update(phone="", reason="")


def _cancel(actor: Actor, interview: Interview, slot: Slot, reason: str) -> Slot:
    _give_back(actor, slot, reason)
    open_to_pick_again(interview)
    return slot


def _give_back(actor: Actor, slot: Slot, reason: str) -> None:
    slot.state, slot.cancelled_at, slot.reason = SlotState.CANCELLED, timezone.now(), reason
    slot.sequence += 1
    slot.save(update_fields=["state", "cancelled_at", "reason", "sequence"])
    clear_seats(interview=slot.interview)
    _log(actor, slot, "cancelled")
    send_invitation(slot=slot, change="cancelled", by=actor)


def _move(actor: Actor, interview: Interview, slot: Slot, starts_at: dt.datetime, reason: str) -> None:
    _require_open(interview)
    found = _locked_offer(interview, apart_from=slot)
    opening = _picked(found, starts_at)
    before, had = slot.starts_at, [host.member for host in slot.hosts.all()]
    slot.sequence += 1
    slot.reason = reason
    slot.day_reminded_at = slot.hour_reminded_at = slot.waiting_told_at = slot.asked_at = None
    slot.candidate_came_at = slot.hosts_came_at = None
    clear_seats(interview=interview)
    _put(slot, found, opening)
    open_until_after(slot)
    _log(actor, slot, "moved", before=before)
    send_invitation(slot=slot, change="moved", by=actor, left=had)


def _put(slot: Slot, found: Offer, opening: Opening) -> None:
    """Set the time of a slot and who hosts it: all, those who did if they are free, or who has least before them."""
    rules = found.rules
    had = [host.member_id for host in slot.hosts.all()] if slot.sequence else []
    slot.starts_at, slot.ends_at = opening.starts_at, opening.ends_at
    slot.time_zone = zone_of(slot.interview)
    slot.place, slot.directions = rules.place, rules.directions
    slot.save()
    chosen = opening.hosts
    if rules.hosting == Hosting.ANY:
        counts = load(opening.hosts)
        chosen = (min(opening.hosts, key=lambda one: (one not in had, counts[one], one)),)
    slot.hosts.all().delete()
    hours = {own.member_id: own for own in found.hours}
    Host.objects.bulk_create(
        Host(
            organization_id=slot.organization_id,
            slot=slot,
            member_id=member,
            busy_from=slot.starts_at - dt.timedelta(minutes=hours[member].buffer_before),
            busy_until=slot.ends_at + dt.timedelta(minutes=hours[member].buffer_after),
        )
        for member in chosen
    )
    # What was read before is what was written now.
    slot._prefetched_objects_cache = {}


def _locked_offer(interview: Interview, apart_from: Slot | None = None) -> Offer:
    ids = [host.id for host in hosts_of(interview.stage)]
    list(Member.objects.select_for_update(of=("self",)).filter(id__in=ids).order_by("id").values_list("id"))
    return offer(interview, apart_from=apart_from)


def _picked(found: Offer, starts_at: dt.datetime) -> Opening:
    opening = found.at(starts_at)
    if opening is None:
        raise Refused(
            "time_taken", _("This time has just been taken, or is too near by now. Nothing was booked: pick another.")
        )
    return opening


def _own(actor: Actor, interview: Interview) -> Interview:
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    return locked_interview(interview)


def _managed(actor: Actor, slot: Slot) -> tuple[Interview, Slot]:
    require(may_change_slot(actor, slot), _("This talk is other people’s: only its hosts and recruiters change it."))
    interview = locked_interview(slot.interview)
    return interview, _booked(interview)


def _booked(interview: Interview) -> Slot:
    slot = slot_of(interview)
    if slot is None or slot.state != SlotState.BOOKED:
        raise Refused("not_booked", _("No time is booked for this talk any more."))
    slot.interview = interview
    return slot


def _require_open(interview: Interview) -> None:
    if interview.kind != InterviewKind.LIVE:
        raise Refused("not_live", _("This interview is recorded, so there is no time to pick."))
    if interview.state not in UNFINISHED or is_over(interview):
        raise refuse_closed(interview)


def _words(reason: str) -> str:
    return reason.strip()[: Slot._meta.get_field("reason").max_length]


def _booked_already() -> Refused:
    return Refused("booked_already", _("You have booked a time already. Move it if you want another one."))


def _no_more_moves(slot: Slot) -> Refused:
    if slot.moved >= MOST_MOVES:
        words = _("You have moved this talk %(most)d times. If you need another time, write to us or cancel it.")
        return Refused("moved_often", words % {"most": MOST_MOVES})
    words = _("The talk is in less than %(hours)d hours, so it is not moved any more. You can still cancel it.")
    return Refused("too_late", words % {"hours": CUT_OFF.total_seconds() // 3600})


def _log(actor: Actor, slot: Slot, verb: str, **detail: object) -> None:
    record(
        organization=slot.organization,
        actor=actor,
        verb=f"slot.{verb}",
        thing=slot,
        detail={
            "interview": slot.interview_id,
            "starts_at": slot.starts_at,
            "hosts": list(slot.hosts.values_list("member_id", flat=True)),
            **detail,
        },
    )
