"""A talk that did not take place: whose absence it was, and another time for it. Nobody is punished for either."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor, system_actor
from bothways.interviews.actions.state import change_state
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.policies import may_take_part
from bothways.lib.errors import Refused, require
from bothways.live.actions.invitations import DAY, HOUR, loaded, tell_candidate, tell_host
from bothways.live.actions.locking import locked_interview
from bothways.live.actions.rooms import clear_seats
from bothways.live.actions.staying_open import open_to_pick_again
from bothways.live.models import NOT_MET, Place, Slot, SlotState
from bothways.live.policies import may_change_slot
from bothways.live.queries.calendar_entries import talks_link
from bothways.live.queries.missed import IN_TIME, offered_again, seen_missed, unsaid, waiting_now, was_let_in
from bothways.live.queries.slots import OPEN_STATES

ASK_AFTER = HOUR / 2
"""So long after the end of a talk of which nobody has said anything the hosts are asked."""

AT_ONCE = 500


@transaction.atomic
def say_missed(*, actor: Actor, slot: Slot, how: SlotState, reason: str = "") -> bool:
    """The team says who did not come. The candidate hears it by mail, with an apology where it was us, and picks
    another time. False if it was said, by them or by the candidate.

    Raises:
        NotAllowed, Refused: `not_yet` before its time, `said` when something else was.
    """
    require(may_change_slot(actor, slot), _("Only its hosts and recruiters say that a talk did not take place."))
    interview, slot = _locked(slot.interview, slot.id)
    if slot.state == how:
        return False
    if slot.state != SlotState.BOOKED or interview.state not in OPEN_STATES:
        raise Refused("said", _("Somebody has already said what became of this talk. Nothing was changed."))
    if slot.starts_at > timezone.now():
        raise Refused("not_yet", _("This talk has not begun yet."))
    is_told = slot.asked_at is not None and seen_missed(slot) == how and not reason.strip()
    _miss(actor, interview, slot, how, reason)
    if not is_told:
        tell_candidate(loaded(slot), "talk_missed", how=how)
    return True


@transaction.atomic
def pick_again(*, actor: Actor, interview: Interview, how: SlotState | None = None) -> bool:
    """The candidate goes on to pick another time for a talk that did not take place. `how` says who did not come to a
    talk held elsewhere; of a room it is known. False if there is no booked time (any more).

    Raises:
        NotAllowed, Refused: `not_missed` while it can take place, or where it did.
    """
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    booked = Slot.objects.filter(interview=interview, state=SlotState.BOOKED).first()
    if booked is None:
        return False
    interview, slot = _locked(interview, booked.id)
    offered = offered_again(slot) if slot.state == SlotState.BOOKED and interview.state in OPEN_STATES else ()
    if not offered or (len(offered) > 1 and how not in offered):
        raise Refused("not_missed", _("This talk is not over, or it took place. Write to us if that is wrong."))
    _miss(actor, interview, slot, offered[0] if len(offered) == 1 or how is None else how, "")
    return True


def ask_what_became() -> int:
    """Ask the hosts of talks that are over and of which nobody has said anything, once. Returns how many talks."""
    now = timezone.now()
    due = unsaid(now - ASK_AFTER).filter(asked_at=None, ends_at__gt=now - DAY)
    # Where both sides were in the room, it ends by itself.
    due = due.exclude(was_let_in(), place=Place.ROOM)
    return sum(_ask(slot_id) for slot_id in due.values_list("id", flat=True)[:AT_ONCE])


@transaction.atomic
def _ask(slot_id: uuid.UUID) -> bool:
    """Also gives the candidate the days to pick another time, and offers it to them where the room knows that they
    need one.
    """
    if not unsaid().filter(id=slot_id, asked_at=None).update(asked_at=timezone.now()):
        return False
    slot = loaded(Slot.objects.select_related("interview__stage").get(id=slot_id))
    open_to_pick_again(slot.interview)
    missed = seen_missed(slot)
    if missed is not None:
        tell_candidate(slot, "talk_missed", how=missed)
    for host in slot.hosts.all():
        if host.member.is_active:
            tell_host(slot, host.member, "host_asked", missed=missed or "", page=f"{talks_link(slot)}#open")
    _record(system_actor(slot.organization_id), slot, "asked_about", missed=missed)
    return True


def tell_of_waiting() -> int:
    """Write to the hosts of a talk when its candidate waits before an empty room, once. Returns how many talks."""
    now = timezone.now()
    due = waiting_now(now).filter(waiting_told_at=None, starts_at__lte=now - IN_TIME, ends_at__gt=now)
    return sum(_tell_of_waiting(slot_id) for slot_id in due.values_list("id", flat=True)[:AT_ONCE])


@transaction.atomic
def _tell_of_waiting(slot_id: uuid.UUID) -> bool:
    if not Slot.objects.filter(id=slot_id, waiting_told_at=None).update(waiting_told_at=timezone.now()):
        return False
    slot = loaded(Slot.objects.select_related("interview__stage").get(id=slot_id))
    for host in slot.hosts.all():
        if host.member.is_active:
            tell_host(slot, host.member, "host_waited_for")
    _record(system_actor(slot.organization_id), slot, "waited_at")
    return True


def _miss(actor: Actor, interview: Interview, slot: Slot, how: SlotState, reason: str) -> None:
    if how not in NOT_MET:
        raise ValueError(f"{how} is no way of missing a talk")
    slot.state, slot.cancelled_at = how, timezone.now()
    slot.reason = reason.strip()[: Slot._meta.get_field("reason").max_length]
    slot.save(update_fields=["state", "cancelled_at", "reason"])
    clear_seats(interview=interview)
    if interview.state == InterviewState.EXPIRED:
        change_state(interview=interview, to=InterviewState.STARTED, actor=actor)
    open_to_pick_again(interview)
    _record(actor, slot, how)


def _locked(interview: Interview, slot_id: uuid.UUID) -> tuple[Interview, Slot]:
    interview = locked_interview(interview)
    slot = Slot.objects.get(id=slot_id, interview=interview)
    slot.interview = interview
    return interview, slot


def _record(actor: Actor, slot: Slot, verb: str, **detail: object) -> None:
    detail = {"interview": slot.interview_id, "starts_at": slot.starts_at, **detail}
    record(organization=slot.interview.organization, actor=actor, verb=f"slot.{verb}", thing=slot, detail=detail)
