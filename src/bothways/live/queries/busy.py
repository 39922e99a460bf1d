"""When members are busy, as their own calendars say, and how far that can be relied on."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from bothways.accounts.models import Member
from bothways.live.models import BusyCalendar, BusyTime
from bothways.live.reading_ics import Stretch, joined


def busy_times(
    members: Collection[uuid.UUID], from_: dt.datetime, until: dt.datetime
) -> dict[uuid.UUID, list[Stretch]]:
    """For each member, by id, the stretches that touch the time between two moments, in order. One query.

    A calendar that cannot be reached any more keeps what was read of it last.
    """
    found: dict[uuid.UUID, list[Stretch]] = {member: [] for member in members}
    rows = BusyTime.objects.filter(calendar__member__in=members, starts_at__lt=until, ends_at__gt=from_)
    for member_id, starts, ends in rows.values_list("calendar__member_id", "starts_at", "ends_at"):
        found[member_id].append((starts, ends))
    return {member_id: joined(stretches) for member_id, stretches in found.items()}


@dataclass(frozen=True, slots=True)
class Unread:
    """A member one of whose calendars cannot be read; `since` is what it said last, None where it never could."""

    member: Member
    since: dt.datetime | None


def unread_calendars(members: Collection[Member]) -> list[Unread]:
    """Of some members, those whose free times may be wrong, because a calendar of theirs cannot be read. One query."""
    rows = BusyCalendar.objects.filter(member__in=[member.id for member in members]).exclude(trouble="")
    known: dict[uuid.UUID, dt.datetime | None] = {}
    for member_id, read_at in rows.values_list("member", "read_at"):
        before = known.get(member_id, read_at)
        known[member_id] = min(before, read_at) if before and read_at else None
    return [Unread(member, known[member.id]) for member in members if member.id in known]


def calendars_of(member: Member) -> QuerySet[BusyCalendar]:
    """A member's own calendars, the oldest first."""
    return BusyCalendar.objects.filter(organization=member.organization_id, member=member).order_by("created_at", "id")
