"""Live interviews with a booked time, made directly."""

import datetime as dt
from typing import Any

from django.utils import timezone

from bothways.interviews.models import Interview, InterviewKind, InterviewState
from bothways.live.actions.rooms import make_room
from bothways.live.models import Host, LiveRules, Room, Slot, SlotState
from bothways.positions.models import StageKind
from tests.factories import Cast, make_interview, make_stage

BUFFER = dt.timedelta(minutes=10)


def make_live_interview(cast: Cast, name: str = "Dee Okafor", **fields: Any) -> Interview:
    """In a live stage of the cast's position, which Bo and Inês host. The stage is made once."""
    stage = cast.position.stages.filter(kind=StageKind.LIVE).first()
    if stage is None:
        reviewers = (cast.bo, cast.ines)
        stage = make_stage(cast.position, cast.kit_version, reviewers, kind=StageKind.LIVE, name="Live talk")
    now = timezone.now()
    given = {"state": InterviewState.STARTED, "opened_at": now, "started_at": now, **fields}
    return make_interview(stage, cast.kit_version, name, kind=InterviewKind.LIVE, **given)


def make_slot(interview: Interview, *hosts: Any, starts_in: dt.timedelta = dt.timedelta(0), **fields: Any) -> Slot:
    """Booked, half an hour long; by default it begins now."""
    starts_at = timezone.now() + starts_in
    slot = Slot.objects.create(
        **{
            "organization": interview.organization,
            "interview": interview,
            "state": SlotState.BOOKED,
            "starts_at": starts_at,
            "ends_at": starts_at + dt.timedelta(minutes=30),
            "time_zone": "Europe/Berlin",
            "booked_at": timezone.now(),
            **fields,
        }
    )
    for member in hosts:
        Host.objects.create(
            organization=interview.organization,
            slot=slot,
            member=member,
            busy_from=slot.starts_at - BUFFER,
            busy_until=slot.ends_at + BUFFER,
        )
    return slot


def make_rules(interview: Interview, **fields: Any) -> LiveRules:
    return LiveRules.objects.create(organization=interview.organization, stage=interview.stage, **fields)


def make_booked_room(cast: Cast, name: str = "Dee Okafor") -> Room:
    """A room that is open now, hosted by Bo."""
    interview = make_live_interview(cast, name)
    make_slot(interview, cast.bo)
    return make_room(interview=interview)
