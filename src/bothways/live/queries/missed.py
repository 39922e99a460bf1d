"""Talks whose time has come or passed: whom the room has seen, what nobody has said yet, how many were missed."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bothways.interviews.models import UNFINISHED, Interview, InterviewState
from bothways.live.models import NOT_MET, Participant, ParticipantKind, Place, Slot, SlotState
from bothways.live.queries.people import GRACE
from bothways.live.queries.slots import OPEN_STATES
from bothways.positions.models import Stage

PATIENCE = dt.timedelta(minutes=15)
"""So long after the beginning nobody has to wait any longer for somebody who is not there."""

IN_TIME = dt.timedelta(minutes=2)
"""A host who comes so late has not kept anybody waiting."""


def was_let_in() -> Exists:
    """Whether the candidate of a slot was in its room together with a host."""
    inside = Participant.objects.filter(
        room__interview=OuterRef("interview"), kind=ParticipantKind.CANDIDATE, admitted_at__isnull=False
    )
    return Exists(inside)


def seen_missed(slot: Slot) -> SlotState | None:
    """Who did not come, as the room saw it. None where they met there, and for a talk held elsewhere, of which only
    people know. One query.
    """
    if slot.place != Place.ROOM or Slot.objects.filter(was_let_in(), id=slot.id).exists():
        return None
    came, late = slot.candidate_came_at, slot.starts_at + PATIENCE
    candidate_missed = slot.hosts_came_at is not None and (came is None or came > late)
    return SlotState.MISSED if candidate_missed else SlotState.LET_DOWN


def offered_again(slot: Slot, now: dt.datetime | None = None) -> tuple[SlotState, ...]:
    """What the candidate of a booked talk may say became of it, to pick another time; nothing while it can still take
    place, and where they met. Of a talk held elsewhere it is theirs to say who did not come. One query.
    """
    now = now or timezone.now()
    if now < slot.starts_at + PATIENCE:
        return ()
    if slot.place != Place.ROOM:
        return NOT_MET
    seen = seen_missed(slot)
    is_over = now >= slot.ends_at
    return (seen,) if seen is not None and (is_over or seen == SlotState.LET_DOWN) else ()


def unsaid(now: dt.datetime | None = None) -> QuerySet[Slot]:
    """Booked talks whose time is over, and of which nobody has said what became of them."""
    return Slot.objects.filter(
        state=SlotState.BOOKED, ends_at__lte=now or timezone.now(), interview__state__in=OPEN_STATES
    )


def waiting_now(now: dt.datetime | None = None) -> QuerySet[Slot]:
    """Talks at whose room the candidate waits now, and no host is there."""
    now = now or timezone.now()
    here = Participant.objects.filter(
        room__interview=OuterRef("interview"), removed_at__isnull=True, seen_at__gt=now - GRACE
    )
    return Slot.objects.filter(
        Exists(here.filter(kind=ParticipantKind.CANDIDATE, admitted_at__isnull=True)),
        ~Exists(here.filter(kind=ParticipantKind.HOST)),
        state=SlotState.BOOKED,
        interview__state__in=UNFINISHED,
    )


@dataclass(frozen=True, slots=True)
class TalkCounts:
    """How talks of a step came out. `missed` by candidates, `let_down` by us."""

    held: int
    missed: int
    let_down: int
    cancelled: int

    def __bool__(self) -> bool:
        return any((self.held, self.missed, self.let_down, self.cancelled))


def talk_counts(stage: Stage) -> TalkCounts:
    """One query."""
    held = Q(state=SlotState.BOOKED, interview__state=InterviewState.SUBMITTED)
    slots = Slot.objects.filter(organization=stage.organization_id, interview__stage=stage)
    return TalkCounts(
        **slots.aggregate(
            held=Count("id", filter=held),
            missed=Count("id", filter=Q(state=SlotState.MISSED)),
            let_down=Count("id", filter=Q(state=SlotState.LET_DOWN)),
            cancelled=Count("id", filter=Q(state=SlotState.CANCELLED)),
        )
    )


def last_given_back(interview: Interview) -> Slot | None:
    """What was cancelled or missed last, to be said above the times. One query."""
    rows = Slot.objects.filter(interview=interview, state__in=(SlotState.CANCELLED, *NOT_MET))
    return rows.order_by("-cancelled_at").first()


def waiting_interviews(slots: list[Slot], now: dt.datetime | None = None) -> set[uuid.UUID]:
    """Of some talks, those at whose room the candidate waits alone, by interview. One query."""
    ids = [slot.id for slot in slots]
    return set(waiting_now(now).filter(id__in=ids).values_list("interview_id", flat=True)) if ids else set()
