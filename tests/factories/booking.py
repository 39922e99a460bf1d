"""Live interviews with a booked time."""

import datetime as dt
from typing import Any

from django.utils import timezone

from bothways.accounts.models import Member
from bothways.interviews.models import InterviewKind, InterviewState
from bothways.live.models import Host, Slot, SlotState
from bothways.positions.models import StageKind
from tests.factories import Cast, make_interview, make_stage


def make_slot(cast: Cast, *hosts: Member, name: str = "Dee Okafor", **fields: Any) -> Slot:
    """A talk that is booked for the day after tomorrow, half an hour long, hosted by Bo if nobody is named."""
    hosts = hosts or (cast.bo,)
    stage = make_stage(cast.position, cast.kit_version, hosts, kind=StageKind.LIVE, name="Talk")
    now = timezone.now()
    interview = make_interview(
        stage, cast.kit_version, name, kind=InterviewKind.LIVE, state=InterviewState.STARTED, started_at=now
    )
    starts_at = fields.pop("starts_at", now + dt.timedelta(days=2))
    slot = Slot.objects.create(
        **{
            "organization": cast.organization,
            "interview": interview,
            "state": SlotState.BOOKED,
            "starts_at": starts_at,
            "ends_at": starts_at + dt.timedelta(minutes=30),
            "time_zone": "Europe/Berlin",
            "booked_at": now,
            **fields,
        }
    )
    for member in hosts:
        Host.objects.create(
            organization=cast.organization,
            slot=slot,
            member=member,
            busy_from=slot.starts_at,
            busy_until=slot.ends_at,
        )
    return slot
