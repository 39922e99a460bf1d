"""Which times can be offered for an interview, from what members and calendars say."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.interviews.queries.window import open_until
from bothways.live.models import Availability, Host, Hosting, LiveRules, Slot
from bothways.live.openings import Clock, HostTime, Hours, Opening, Taken, openings
from bothways.live.queries.busy import busy_times
from bothways.live.queries.slots import standing
from bothways.live.queries.talk import rules_of
from bothways.positions.models import Stage

SHORTEST_WINDOW = dt.timedelta(days=14)
"""So far ahead times are offered at least, also where the time to pick one ends sooner."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The rules of a stage, the hours of its hosts, and the times that are free."""

    rules: LiveRules
    hours: list[Availability]
    openings: list[Opening]

    def at(self, starts_at: dt.datetime) -> Opening | None:
        return next((one for one in self.openings if one.starts_at == starts_at), None)


def hosts_of(stage: Stage) -> list[Member]:
    """Who may host in a stage: its active reviewers, first come first. One query."""
    members = Member.objects.filter(organization=stage.organization_id, is_active=True)
    named = members.filter(id__in=stage.reviewers.values("member"))
    return list(named.select_related("user").order_by("created_at", "id"))


def offer(interview: Interview, *, apart_from: Slot | None = None, now: dt.datetime | None = None) -> Offer:
    """What can be picked for an interview until its deadline, and for two weeks at least. Seven queries.

    `apart_from` is the slot that would be given up for it.
    """
    now = now or timezone.now()
    stage = interview.stage
    rules = rules_of(stage)
    hosts = hosts_of(stage)
    needs_all = rules.hosting == Hosting.ALL
    until = max(open_until(interview, now), now + SHORTEST_WINDOW)
    own = Availability.objects.filter(member__in=hosts).prefetch_related("weekly", "overrides")
    hours = list(own.order_by("created_at", "id"))
    if needs_all and len(hours) < len(hosts):
        return Offer(rules, hours, [])
    times = _host_times(hours, now, until, apart_from)
    return Offer(rules, hours, openings(times, minutes=rules.minutes, needs_all=needs_all, now=now, until=until))


def missing_hours(stage: Stage) -> list[Member]:
    """Of the hosts of a stage, those who must say when they are free before a time can be offered. Three queries.

    Where any one of them will do, nobody is missing as soon as one has hours.
    """
    hosts = hosts_of(stage)
    ids = [host.id for host in hosts]
    ready = set(
        Availability.objects.filter(Q(weekly__isnull=False) | Q(overrides__starts__isnull=False), member__in=ids)
        .values_list("member_id", flat=True)
        .distinct()
    )
    if ready and rules_of(stage).hosting == Hosting.ANY:
        return []
    return [host for host in hosts if host.id not in ready]


def load(members: Collection[uuid.UUID], now: dt.datetime | None = None) -> dict[uuid.UUID, int]:
    """How many booked talks each of some members has before them. One query."""
    now = now or timezone.now()
    hosts = Host.objects.filter(standing(now, "slot__"), member__in=members, slot__starts_at__gt=now)
    counts = dict(hosts.values_list("member").annotate(n=Count("id")).order_by())
    return {member: counts.get(member, 0) for member in members}


def _host_times(
    hours: list[Availability], now: dt.datetime, until: dt.datetime, apart_from: Slot | None
) -> list[HostTime]:
    """A day more at both ends, because a day begins earlier in one zone than in another."""
    since, later = now - dt.timedelta(days=1), until + dt.timedelta(days=1)
    members = [own.member_id for own in hours]
    busy = busy_times(members, since, later)
    booked = Host.objects.filter(
        standing(now, "slot__"), member__in=members, busy_until__gt=since, busy_from__lt=later
    ).select_related("slot")
    talks: dict[uuid.UUID, list[Host]] = defaultdict(list)
    for host in booked.exclude(slot=apart_from) if apart_from else booked:
        talks[host.member_id].append(host)
    return [
        HostTime(
            member_id=own.member_id,
            hours=hours_of(own),
            taken=[
                *(Taken(stretch, stretch) for stretch in busy[own.member_id]),
                *(
                    Taken((host.slot.starts_at, host.slot.ends_at), (host.busy_from, host.busy_until))
                    for host in talks[own.member_id]
                ),
            ],
            talks=[host.slot.starts_at for host in talks[own.member_id]],
        )
        for own in hours
    ]


def hours_of(own: Availability) -> Hours:
    """A member's hours, as openings are counted from them."""
    weekly: dict[int, list[Clock]] = defaultdict(list)
    for hours in own.weekly.all():
        weekly[hours.weekday].append((hours.starts, hours.ends))
    overrides: dict[dt.date, list[Clock]] = defaultdict(list)
    for other in own.overrides.all():
        day = overrides[other.day]
        if other.starts is not None and other.ends is not None:
            day.append((other.starts, other.ends))
    return Hours(
        zone=own.time_zone,
        weekly=weekly,
        overrides=overrides,
        before=dt.timedelta(minutes=own.buffer_before),
        after=dt.timedelta(minutes=own.buffer_after),
        notice=dt.timedelta(hours=own.notice_hours),
        daily_cap=own.daily_cap,
    )
