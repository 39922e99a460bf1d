"""Calendars that say when a member is busy: added, read by a job, removed."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.lib.errors import Refused, require
from bothways.lib.fetching import Net, NotFetched, checked_address, fetch
from bothways.lib.many_rows import insert_objects
from bothways.lib.sealing import SealBroken, seal, unseal
from bothways.live.models import BusyCalendar, BusyTime
from bothways.live.policies import may_keep_calendars
from bothways.live.queries.busy import calendars_of
from bothways.live.queries.member_zones import zone_of_member
from bothways.live.reading_ics import Stretch, Unreadable, read_apart
from bothways.work.actions.jobs import enqueue

MOST_CALENDARS = 5
WINDOW = dt.timedelta(days=60)
"""How far ahead is looked."""
SLACK = dt.timedelta(days=1)
"""How much of what has begun is kept, so that a day in any zone is whole."""
EVERY = dt.timedelta(minutes=15)
LONGEST_WAIT = dt.timedelta(hours=4)
LONGEST_ADDRESS = 2000
AT_ONCE = 1000


@transaction.atomic
def add_busy_calendar(*, actor: Actor, member: Member, address: str, name: str = "") -> BusyCalendar:
    """Take in the address of a calendar, and have it read. `webcal:` is what calendar programs call https.

    Raises:
        Refused: `address` for anything but https; `known` for one that is there; `many` when there are five.
    """
    require(may_keep_calendars(actor, member), _("You add your own calendars only."))
    address, host = _checked(address)
    Member.objects.select_for_update().get(id=member.id)
    there = list(calendars_of(member))
    if len(there) >= MOST_CALENDARS:
        raise Refused("many", _("You have five calendars here. Remove one first."))
    if any(_is_same(calendar, address) for calendar in there):
        raise Refused("known", _("This calendar is in your list already."))
    calendar = BusyCalendar.objects.create(
        organization_id=member.organization_id, member=member, name=name.strip() or host, sealed_address=seal(address)
    )
    record(organization=member.organization, actor=actor, verb="busy_calendar.added", thing=calendar)
    _ask_for(calendar)
    return calendar


@transaction.atomic
def read_again(*, actor: Actor, calendar: BusyCalendar) -> None:
    """Have a calendar read now rather than at its time."""
    require(may_keep_calendars(actor, calendar.member), _("You read your own calendars only."))
    _ask_for(calendar)


@transaction.atomic
def remove_busy_calendar(*, actor: Actor, calendar: BusyCalendar) -> None:
    """Forget a calendar and all that was read of it."""
    require(may_keep_calendars(actor, calendar.member), _("You remove your own calendars only."))
    record(organization=calendar.organization, actor=actor, verb="busy_calendar.removed", thing=calendar)
    calendar.delete()


def read_calendar(calendar_id: uuid.UUID, *, net: Net | None = None) -> None:
    """Fetch a calendar and keep when its owner is busy. What cannot be read leaves the times as they were.

    Nothing is locked while the other side is waited for.
    """
    calendar = (
        BusyCalendar.objects.select_related("member__user", "member__availability").filter(id=calendar_id).first()
    )
    if calendar is None:
        return
    now = timezone.now()
    try:
        fetched = fetch(_address(calendar), etag=_etag_to_send(calendar, now), net=net)
        times = None if fetched.content is None else _times_in(fetched.content, calendar, now)
    except NotFetched as error:
        _note_trouble(calendar, now, error.code)
    except Unreadable:
        _note_trouble(calendar, now, "unreadable")
    except SealBroken:
        _note_trouble(calendar, now, "sealed")
    else:
        _keep(calendar, now, fetched.etag, times)


def read_due_calendars() -> int:
    """Ask for reading what was not read for a quarter of an hour; the longer one fails, the more seldom."""
    now, asked = timezone.now(), 0
    for calendar in _due(now).order_by("tried_at")[:AT_ONCE]:
        _ask_for(calendar)
        asked += 1
    return asked


def _due(now: dt.datetime) -> QuerySet[BusyCalendar]:
    """A calendar that fails is tried after 15, 30, 60, 120 minutes, then every four hours."""
    waits = [min(EVERY * 2**failures, LONGEST_WAIT) for failures in range(5)]
    is_time = Q(tried_at=None)
    for failures, wait in enumerate(waits):
        is_time |= Q(failures=failures, tried_at__lte=now - wait)
    is_time |= Q(failures__gte=len(waits), tried_at__lte=now - LONGEST_WAIT)
    return BusyCalendar.objects.filter(is_time, member__is_active=True, member__user__is_active=True)


def _ask_for(calendar: BusyCalendar) -> None:
    enqueue(
        organization_id=calendar.organization_id,
        name="live.read_calendar",
        key=f"calendar:{calendar.id}",
        payload={"calendar_id": str(calendar.id)},
    )


def _checked(address: str) -> tuple[str, str]:
    address = address.strip()
    if address.lower().startswith(("webcal://", "webcals://")):
        address = f"https://{address.partition('://')[2]}"
    try:
        there = checked_address(address)
    except NotFetched as error:
        raise Refused(
            "address", _("Give the address of the calendar as its program shows it. It begins with https://.")
        ) from error
    if len(address) > LONGEST_ADDRESS:
        raise Refused("address", _("This address is too long for one of a calendar."))
    return address, str(there.hostname)


def _address(calendar: BusyCalendar) -> str:
    return unseal(calendar.sealed_address)


def _is_same(calendar: BusyCalendar, address: str) -> bool:
    try:
        return _address(calendar) == address
    except SealBroken:
        return False


def _times_in(content: bytes, calendar: BusyCalendar, now: dt.datetime) -> list[Stretch]:
    return read_apart(content, from_=now - SLACK, until=now + WINDOW, zone=zone_of_member(calendar.member))


def _etag_to_send(calendar: BusyCalendar, now: dt.datetime) -> str:
    """At least once a day all is read anew, because the days that are looked at move on."""
    is_fresh = calendar.read_whole_at is not None and calendar.read_whole_at > now - SLACK
    return calendar.etag if is_fresh else ""


def _note_trouble(calendar: BusyCalendar, now: dt.datetime, code: str) -> None:
    BusyCalendar.objects.filter(id=calendar.id).update(tried_at=now, trouble=code, failures=F("failures") + 1)


@transaction.atomic
def _keep(calendar: BusyCalendar, now: dt.datetime, etag: str, times: list[Stretch] | None) -> None:
    """`times` are None where nothing had changed. A calendar that was removed meanwhile stays removed."""
    row = BusyCalendar.objects.select_for_update().filter(id=calendar.id).first()
    if row is None:
        return
    row.tried_at = row.read_at = now
    row.trouble, row.failures, row.etag = "", 0, etag
    if times is not None:
        row.read_whole_at = now
        row.times.all().delete()
        insert_objects(
            BusyTime,
            [
                BusyTime(organization_id=row.organization_id, calendar=row, starts_at=starts, ends_at=ends)
                for starts, ends in times
            ],
        )
    row.save()
