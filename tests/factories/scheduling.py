"""Times for live interviews: hosts are free on weekdays from nine to noon by Lisbon's clock."""

import datetime as dt
from typing import Any

from bothways.accounts.actors import Actor, candidate_actor, member_actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview, InterviewKind
from bothways.live.actions.hours import Week, set_week
from bothways.live.models import Availability
from bothways.positions.models import Stage, StageKind
from tests.factories import Cast, make_interview, make_stage

MONDAY = dt.datetime(2027, 2, 1, 8, tzinfo=dt.UTC)
MORNINGS = [[(dt.time(9), dt.time(12))]] * 5 + [[], []]


def give_hours(member: Member, **changes: Any) -> Availability:
    rest = {"buffer_before": 0, "buffer_after": 0, "notice_hours": 24, "daily_cap": 4}
    week = Week(**{"time_zone": "Europe/Lisbon", "weekly": MORNINGS, **rest, **changes})
    return set_week(actor=member_actor(member), member=member, week=week)


def make_live_stage(cast: Cast, **fields: Any) -> Stage:
    """Bo and Inês host."""
    fields = {"name": "A talk", **fields}
    return make_stage(cast.position, cast.kit_version, (cast.bo, cast.ines), kind=StageKind.LIVE, **fields)


def make_live(stage: Stage, name: str = "Dee Okafor") -> Interview:
    return make_interview(stage, stage.kit.versions.get(), name, kind=InterviewKind.LIVE)


def candidate_of(interview: Interview) -> Actor:
    candidate = interview.application.candidate
    return candidate_actor(candidate_id=candidate.id, name=candidate.name, organization_id=interview.organization_id)


def at(hour: int, minute: int = 0, day: int = 2) -> dt.datetime:
    """A moment of the first week of February; the second is a Tuesday."""
    return dt.datetime(2027, 2, day, hour, minute, tzinfo=dt.UTC)
