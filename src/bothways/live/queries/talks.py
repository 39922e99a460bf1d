"""The live talks of one person, in all steps of a position."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from bothways.interviews.models import UNFINISHED, Interview, InterviewKind
from bothways.live.models import STANDING, Host, Slot, SlotState
from bothways.live.queries.slots import standing


@dataclass(frozen=True, slots=True)
class Talk:
    """One time of a live interview, or, without a slot, that none is picked now."""

    interview: Interview
    slot: Slot | None


def talks_of(interview: Interview) -> list[Talk]:
    """All talks of the person behind this interview, the latest first: what stands, and what was given back. Three
    queries.
    """
    found = []
    for live in _live_interviews(interview):
        slots = list(live.slots.all())
        for slot in slots:
            slot.interview = live
        picks = live.state in UNFINISHED and not any(slot.state in STANDING for slot in slots)
        if picks or not slots:
            found.append(Talk(live, None))
        found += [Talk(live, slot) for slot in slots]
    return found


def _live_interviews(interview: Interview) -> QuerySet[Interview]:
    hosts = Host.objects.select_related("member__user").order_by("created_at", "id")
    slots = Slot.objects.filter(standing() | ~Q(state=SlotState.HELD)).order_by("-starts_at", "-id")
    rows = Interview.objects.filter(
        organization=interview.organization_id, application=interview.application_id, kind=InterviewKind.LIVE
    )
    return (
        rows.select_related("organization", "stage", "position", "application__candidate", "room")
        .prefetch_related(Prefetch("slots", slots.prefetch_related(Prefetch("hosts", hosts))))
        .order_by("-created_at", "-id")
    )
