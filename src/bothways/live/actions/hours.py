"""When a member may be booked: a week by their clock, days that differ, and what is kept free."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import available_timezones

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.lib.errors import Refused, require
from bothways.live.models import Availability, DayOverride, WeeklyHours
from bothways.live.openings import Clock
from bothways.live.policies import may_set_hours

MOST_STRETCHES = 2
"""On one day."""

MOST_OVERRIDES = 120
LONGEST_BUFFER = 120
LONGEST_NOTICE = 24 * 14
HIGHEST_CAP = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """`weekly` has the stretches of each weekday, Monday first. Buffers are minutes, notice is hours."""

    time_zone: str
    weekly: Sequence[Sequence[Clock]]
    buffer_before: int
    buffer_after: int
    notice_hours: int
    daily_cap: int


@transaction.atomic
def set_week(*, actor: Actor, member: Member, week: Week) -> Availability:
    """Say when one may be booked. What is booked already stays.

    Raises:
        NotAllowed, Refused: `hours_backwards`, `hours_overlap`, `hours_invalid`.
    """
    _require_own(actor, member)
    for weekday in week.weekly:
        _require_sound(weekday)
    bounds = (
        (week.buffer_before, LONGEST_BUFFER),
        (week.buffer_after, LONGEST_BUFFER),
        (week.notice_hours, LONGEST_NOTICE),
    )
    is_within = all(0 <= value <= most for value, most in bounds) and 1 <= week.daily_cap <= HIGHEST_CAP
    if not is_within or week.time_zone not in available_timezones():
        raise Refused("hours_invalid", _("One of the numbers is too small or too large. Nothing was changed."))
    own, _created = Availability.objects.update_or_create(
        member=member,
        defaults={
            "organization": member.organization,
            "time_zone": week.time_zone,
            "buffer_before": week.buffer_before,
            "buffer_after": week.buffer_after,
            "notice_hours": week.notice_hours,
            "daily_cap": week.daily_cap,
        },
    )
    own.weekly.all().delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(organization=member.organization, availability=own, weekday=weekday, starts=starts, ends=ends)
        for weekday, some in enumerate(week.weekly)
        for starts, ends in some
    )
    record(organization=member.organization, actor=actor, verb="hours.changed", thing=own)
    return own


@transaction.atomic
def set_day(*, actor: Actor, member: Member, day: dt.date, hours: Sequence[Clock]) -> None:
    """Say that one day has other hours than its weekday, or, with none, that one is away.

    Raises:
        NotAllowed, Refused: `no_hours` before the week is set, `day_gone`, `days_too_many`, `hours_backwards`,
            `hours_overlap`.
    """
    _require_own(actor, member)
    own = Availability.objects.select_for_update().filter(member=member).first()
    if own is None:
        raise Refused("no_hours", _("Save your usual week first, then the days that differ."))
    if day < timezone.localdate() - dt.timedelta(days=1):
        raise Refused("day_gone", _("This day has passed."))
    _require_sound(hours)
    own.overrides.filter(day=day).delete()
    if own.overrides.count() >= MOST_OVERRIDES:
        words = _("%(most)d days that differ are the most. Remove some that have passed.")
        raise Refused("days_too_many", words % {"most": MOST_OVERRIDES})
    DayOverride.objects.bulk_create(
        DayOverride(organization=member.organization, availability=own, day=day, starts=starts, ends=ends)
        for starts, ends in (hours or [(None, None)])
    )
    record(organization=member.organization, actor=actor, verb="hours.day_changed", thing=own, detail={"day": day})


@transaction.atomic
def clear_day(*, actor: Actor, member: Member, day: dt.date) -> None:
    """Let a day be like its weekday again. Twice is harmless."""
    _require_own(actor, member)
    gone, _rows = DayOverride.objects.filter(availability__member=member, day=day).delete()
    if gone:
        own = Availability.objects.get(member=member)
        record(organization=member.organization, actor=actor, verb="hours.day_cleared", thing=own, detail={"day": day})


def _require_own(actor: Actor, member: Member) -> None:
    require(may_set_hours(actor, member), _("These hours belong to somebody else."))


def _require_sound(hours: Sequence[Clock]) -> None:
    if len(hours) > MOST_STRETCHES:
        words = _("%(most)d stretches a day are the most.") % {"most": MOST_STRETCHES}
        raise Refused("hours_too_many", words)
    midnight = dt.time()
    if any(ends <= starts and ends != midnight for starts, ends in hours):
        raise Refused("hours_backwards", _("Hours end after they begin. 00:00 is the end of the day."))
    for one, other in pairwise(sorted(hours)):
        if one[1] == midnight or one[1] > other[0]:
            raise Refused("hours_overlap", _("Two stretches of one day overlap. Write them as one."))
