"""The times of live interviews: which stand, and whose they are."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from bothways.accounts.actors import Actor
from bothways.accounts.models import Organization, Role
from bothways.interviews.models import UNFINISHED, Interview, InterviewState
from bothways.live.models import NOT_MET, Host, Slot, SlotState

CUT_OFF = dt.timedelta(hours=4)
"""So near to the time a candidate no longer moves it."""

MOST_MOVES = 3

OPEN_STATES = (*UNFINISHED, InterviewState.EXPIRED)
"""Of an interview whose talk may still turn out to have taken place, or be held another time."""


def standing(now: dt.datetime | None = None, prefix: str = "") -> Q:
    """Slots that keep their time: booked, or held and not run out, of an interview that goes on."""
    booked = Q(**{f"{prefix}state": SlotState.BOOKED})
    held = Q(**{f"{prefix}state": SlotState.HELD, f"{prefix}held_until__gt": now or timezone.now()})
    return (booked | held) & Q(**{f"{prefix}interview__state__in": UNFINISHED})


def slot_of(interview: Interview, now: dt.datetime | None = None) -> Slot | None:
    """The slot of an interview that stands, with its hosts. At most two queries."""
    return _with_hosts(Slot.objects.filter(standing(now), interview=interview)).first()


def may_still_move(slot: Slot, now: dt.datetime | None = None) -> bool:
    """Whether the candidate may move it by themselves."""
    return slot.moved < MOST_MOVES and slot.starts_at - (now or timezone.now()) >= CUT_OFF


@dataclass(frozen=True, slots=True)
class Agenda:
    """Booked live interviews, each list in the order in which somebody looks for them.

    `open` are those whose time has passed and of which nobody said yet whether they were held.
    """

    open: list[Slot]
    today: list[Slot]
    later: list[Slot]
    past: list[Slot]

    @property
    def is_empty(self) -> bool:
        return not (self.open or self.today or self.later or self.past)


PAST_SHOWN = 30


def agenda(organization: Organization, actor: Actor, now: dt.datetime | None = None) -> Agenda:
    """The live interviews that a member may see: those they host, and for owners, recruiters and auditors all.

    Days end by the zone that is active. Four queries.
    """
    now = now or timezone.now()
    slots = Slot.objects.filter(organization=organization, state__in=(SlotState.BOOKED, *NOT_MET))
    if actor.role == Role.REVIEWER:
        slots = slots.filter(hosts__member=actor.id)
    slots = _with_people(slots)
    goes_on = slots.filter(state=SlotState.BOOKED, interview__state__in=UNFINISHED).order_by("starts_at")
    unsaid = slots.filter(state=SlotState.BOOKED, interview__state__in=OPEN_STATES, ends_at__lte=now)
    is_past = Q(state__in=NOT_MET) | ~Q(interview__state__in=OPEN_STATES)
    coming = list(goes_on.filter(ends_at__gt=now))
    tomorrow = (timezone.localtime(now) + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return Agenda(
        open=list(unsaid.order_by("starts_at")),
        today=[slot for slot in coming if slot.starts_at < tomorrow],
        later=[slot for slot in coming if slot.starts_at >= tomorrow],
        past=list(slots.filter(is_past).order_by("-starts_at")[:PAST_SHOWN]),
    )


def slot_to_change(organization: Organization) -> QuerySet[Slot]:
    """Booked slots of which nobody has said what became of them, with everybody in them."""
    booked = Slot.objects.filter(organization=organization, state=SlotState.BOOKED)
    return _with_people(booked.filter(interview__state__in=OPEN_STATES))


def _with_people(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    return _with_hosts(slots).select_related(
        "interview__application__candidate", "interview__position", "interview__stage", "interview__room"
    )


def _with_hosts(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    hosts = Host.objects.select_related("member__user").order_by("created_at", "id")
    return slots.prefetch_related(Prefetch("hosts", hosts))
