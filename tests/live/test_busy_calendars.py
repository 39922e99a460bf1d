"""When a member is busy, as their own calendar says."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.actions.members import deactivate_member
from bothways.accounts.models import AuditEntry
from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.busy_calendars import (
    add_busy_calendar,
    read_again,
    read_calendar,
    read_due_calendars,
    remove_busy_calendar,
)
from bothways.live.models import Availability, BusyCalendar, BusyTime
from bothways.live.queries.busy import busy_times
from bothways.work.models import Job, JobState
from tests.factories import Cast
from tests.lib.far_away import HOST, FarAway, far_away
from tests.live.ics import calendar

NOW = dt.datetime(2027, 3, 20, 12, tzinfo=dt.UTC)
ADDRESS = f"https://{HOST}/bo.ics"
FULL = calendar(
    "DTSTART:20270322T100000Z\nDTEND:20270322T110000Z\nSUMMARY:Dentist",
    "DTSTART:20270322T103000Z\nDTEND:20270322T113000Z",
    "DTSTART;VALUE=DATE:20270401\nDTEND;VALUE=DATE:20270402",
    "DTSTART:20270701T100000Z\nDTEND:20270701T110000Z",
)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def there(tmp_path: Path) -> Iterator[FarAway]:
    with far_away(tmp_path) as there:
        there.answers["/bo.ics"] = (200, {"ETag": '"one"'}, FULL)
        yield there


def added(cast: Cast, address: str = ADDRESS) -> BusyCalendar:
    return add_busy_calendar(actor=cast.actor(cast.bo), member=cast.bo, address=address)


def busy(cast: Cast) -> list[tuple[str, str]]:
    found = busy_times([cast.bo.id, cast.ines.id], NOW, NOW + dt.timedelta(days=60))
    assert found[cast.ines.id] == []
    return [(starts.isoformat()[5:16], ends.isoformat()[5:16]) for starts, ends in found[cast.bo.id]]


def test_an_address_is_sealed_and_asked_to_be_read(cast: Cast):
    row = added(cast, f"  webcal://{HOST}/bo.ics ")
    assert HOST not in row.sealed_address
    assert row.name == HOST
    assert Job.objects.get(name="live.read_calendar").payload == {"calendar_id": str(row.id)}
    assert HOST not in str(AuditEntry.objects.get(verb="busy_calendar.added").detail)
    with pytest.raises(Refused, match="known"):
        added(cast)


@pytest.mark.parametrize(
    "address", ["http://calendar.example/a.ics", "file:///etc/passwd", "calendar.example/a.ics", ""]
)
def test_other_addresses_are_refused_in_words(cast: Cast, address: str):
    with pytest.raises(Refused, match="address"):
        added(cast, address)


def test_five_are_enough(cast: Cast):
    for number in range(5):
        added(cast, f"https://{HOST}/{number}.ics")
    with pytest.raises(Refused, match="many"):
        added(cast)


def test_only_start_and_end_are_kept_of_it_and_whole_days_are_those_of_the_host(cast: Cast, there: FarAway):
    Availability.objects.create(organization=cast.organization, member=cast.bo, time_zone="America/New_York")
    row = added(cast)
    read_calendar(row.id, net=there.net)
    assert busy(cast) == [("03-22T10:00", "03-22T11:30"), ("04-01T04:00", "04-02T04:00")]
    row.refresh_from_db()
    assert (row.trouble, row.read_at) == ("", NOW)
    assert "Dentist" not in str(list(BusyTime.objects.values()))


def test_what_cannot_be_reached_stays_as_busy_as_it_was_and_says_so(
    cast: Cast, there: FarAway, clock: time_machine.Traveller
):
    row = added(cast)
    read_calendar(row.id, net=there.net)
    before = busy(cast)
    clock.shift(dt.timedelta(hours=1))
    for answer, trouble in [
        ((404, {}, b""), "gone"),
        ((200, {}, b"<html>"), "unreadable"),
        ((500, {}, b""), "refused"),
    ]:
        there.answers["/bo.ics"] = answer
        read_calendar(row.id, net=there.net)
        row.refresh_from_db()
        assert (row.trouble, row.read_at) == (trouble, NOW)
        assert busy(cast) == before
    assert row.failures == 3
    there.answers["/bo.ics"] = (200, {}, calendar())
    read_calendar(row.id, net=there.net)
    row.refresh_from_db()
    assert (row.trouble, row.failures, busy(cast)) == ("", 0, [])


def test_a_calendar_that_leads_inside_is_not_read(cast: Cast, there: FarAway):
    there.names[HOST] = [["10.0.0.8"]]
    row = added(cast)
    read_calendar(row.id, net=there.net)
    row.refresh_from_db()
    assert (row.trouble, there.connections) == ("private", [])


def test_what_has_not_changed_is_asked_for_by_its_mark_and_once_a_day_anew(
    cast: Cast, there: FarAway, clock: time_machine.Traveller
):
    row = added(cast)
    read_calendar(row.id, net=there.net)
    there.answers["/bo.ics"] = (304, {}, b"")
    clock.shift(dt.timedelta(hours=23))
    read_calendar(row.id, net=there.net)
    row.refresh_from_db()
    assert (row.trouble, row.read_at, len(busy(cast))) == ("", timezone.now(), 2)
    assert there.requests[-1]["If-None-Match"] == '"one"'
    there.answers["/bo.ics"] = (200, {}, FULL)
    clock.shift(dt.timedelta(hours=2))
    read_calendar(row.id, net=there.net)
    assert "If-None-Match" not in there.requests[-1]


def done() -> None:
    Job.objects.update(state=JobState.DONE)


def test_each_quarter_of_an_hour_and_more_seldom_the_longer_it_fails(cast: Cast, clock: time_machine.Traveller):
    row = added(cast)
    done()
    BusyCalendar.objects.filter(id=row.id).update(tried_at=timezone.now())
    for failures, minutes in [(0, 15), (1, 30), (3, 120), (4, 240), (40, 240)]:
        BusyCalendar.objects.filter(id=row.id).update(tried_at=timezone.now(), failures=failures)
        clock.shift(dt.timedelta(minutes=minutes - 1))
        assert read_due_calendars() == 0
        clock.shift(dt.timedelta(minutes=1))
        assert read_due_calendars() == 1
        done()
    deactivate_member(actor=cast.actor(cast.ada), member=cast.bo)
    assert read_due_calendars() == 0


def test_nobody_touches_the_calendar_of_another(cast: Cast):
    row = added(cast)
    for member in (cast.ada, cast.ines, cast.cleo):
        for call in (
            lambda actor: add_busy_calendar(actor=actor, member=cast.bo, address="https://calendar.example/x"),
            lambda actor: read_again(actor=actor, calendar=row),
            lambda actor: remove_busy_calendar(actor=actor, calendar=row),
        ):
            with pytest.raises(NotAllowed):
                call(cast.actor(member))


def test_what_is_removed_is_forgotten_also_while_it_is_read(cast: Cast, there: FarAway):
    row = added(cast)
    read_calendar(row.id, net=there.net)

    def removed_meanwhile(address: str, port: int, timeout: float):
        remove_busy_calendar(actor=cast.actor(cast.bo), calendar=row)
        return there.net.connect(address, port, timeout)

    read_calendar(row.id, net=dataclasses.replace(there.net, connect=removed_meanwhile))
    assert not BusyTime.objects.exists()


def test_times_of_many_are_one_question(cast: Cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        busy_times([cast.bo.id, cast.ines.id, cast.ada.id], NOW, NOW + dt.timedelta(days=1))
