"""What a member's own page of hours shows."""

import datetime as dt
from itertools import groupby

from django.db.models import Q, QuerySet

from bothways.accounts.models import Member
from bothways.live.models import Availability, DayOverride
from bothways.positions.models import PositionState, Stage, StageKind


def own_hours(member: Member) -> Availability | None:
    """Two queries."""
    return Availability.objects.filter(member=member).prefetch_related("weekly").first()


def differing_days(member: Member, since: dt.date) -> list[tuple[dt.date, list[DayOverride]]]:
    """The days from `since` on that are not like their weekday, each with its hours; none where one is away."""
    rows = DayOverride.objects.filter(availability__member=member, day__gte=since).order_by("day", "starts")
    return [(day, [row for row in some if row.starts]) for day, some in groupby(rows, lambda row: row.day)]


def hosted_stages(member: Member) -> QuerySet[Stage]:
    """Where candidates may be offered this member's hours."""
    offered = Q(kind=StageKind.LIVE) | Q(live_rules__instead=True)
    stages = Stage.objects.filter(offered, reviewers__member=member, position__state=PositionState.OPEN)
    return stages.select_related("position").order_by("position__title", "place")
