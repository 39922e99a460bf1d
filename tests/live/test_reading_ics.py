"""What of somebody's calendar makes them busy, and when."""

import datetime as dt

import pytest

from bothways.live.reading_ics import Unreadable, busy_stretches, joined, read_apart
from tests.live.ics import calendar

MARCH = dt.datetime(2027, 3, 20, tzinfo=dt.UTC)
APRIL = dt.datetime(2027, 4, 10, tzinfo=dt.UTC)


def read(
    *events: str, from_: dt.datetime = MARCH, until: dt.datetime = APRIL, zone: str = "Europe/Berlin", **more: str
):
    found = busy_stretches(calendar(*events, **more), from_=from_, until=until, zone=zone)
    return [(f"{starts:%m-%d %H:%M}", f"{ends:%m-%d %H:%M}") for starts, ends in found]


def test_what_repeats_keeps_its_hour_on_the_wall_over_the_change_of_the_clocks_and_leaves_out_what_was_taken_out():
    weekly = """
DTSTART;TZID=Europe/Berlin:20270101T090000
DTEND;TZID=Europe/Berlin:20270101T100000
RRULE:FREQ=WEEKLY;BYDAY=MO
EXDATE;TZID=Europe/Berlin:20270405T090000"""
    assert read(weekly) == [("03-22 08:00", "03-22 09:00"), ("03-29 07:00", "03-29 08:00")]


def test_one_of_a_series_that_was_moved_or_cancelled_stands_where_it_was_moved_to():
    series = "DTSTART:20270322T100000Z\nDTEND:20270322T110000Z\nRRULE:FREQ=DAILY;COUNT=3"
    moved = "RECURRENCE-ID:20270323T100000Z\nDTSTART:20270323T150000Z\nDTEND:20270323T153000Z"
    cancelled = "RECURRENCE-ID:20270324T100000Z\nDTSTART:20270324T100000Z\nDTEND:20270324T110000Z\nSTATUS:CANCELLED"
    content = calendar(series, moved, cancelled).replace(b"UID:1@", b"UID:0@").replace(b"UID:2@", b"UID:0@")
    found = busy_stretches(content, from_=MARCH, until=APRIL, zone="UTC")
    assert [starts.isoformat() for starts, _ends in found] == ["2027-03-22T10:00:00+00:00", "2027-03-23T15:00:00+00:00"]


def test_names_of_zones_by_windows_are_understood():
    event = """
DTSTART;TZID=W. Europe Standard Time:20270401T090000
DTEND;TZID=W. Europe Standard Time:20270401T100000"""
    assert read(event, zone="America/New_York") == [("04-01 07:00", "04-01 08:00")]


def test_whole_days_and_times_without_a_zone_are_those_of_the_host():
    day = "DTSTART;VALUE=DATE:20270328\nDTEND;VALUE=DATE:20270329"
    floating = "DTSTART:20270401T090000\nDURATION:PT30M"
    # The day of the spring change has 23 hours in Berlin.
    assert read(day, floating) == [("03-27 23:00", "03-28 22:00"), ("04-01 07:00", "04-01 07:30")]
    assert read(day, zone="Asia/Kathmandu") == [("03-27 18:15", "03-28 18:15")]


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
def test_what_is_free_or_cancelled_keeps_nobody_busy(line: str):
    event = "DTSTART:20270401T090000Z\nDTEND:20270401T100000Z\n"
    assert read(event + line) == []
    assert read(event + "TRANSP:OPAQUE\nSTATUS:TENTATIVE") == [("04-01 09:00", "04-01 10:00")]


def test_stretches_are_cut_to_the_days_asked_for_and_joined_where_they_touch():
    long = "DTSTART:20270101T000000Z\nDTEND:20270320T010000Z"
    next_ = "DTSTART:20270320T010000Z\nDTEND:20270320T020000Z"
    nothing = "DTSTART:20270325T010000Z\nDTEND:20270325T010000Z"
    assert read(long, next_, nothing) == [("03-20 00:00", "03-20 02:00")]
    assert joined([]) == []


@pytest.mark.parametrize(
    "content",
    [
        b"<html>Sign in first</html>",
        b"",
        calendar("DTSTART:20270401T090000Z\nDTEND:20270401T100000Z\nRRULE:FREQ=SOMETIMES"),
        calendar("DTSTART:20270401T090000Z\nDTEND:20270401T100000Z")[:-40],
    ],
    ids=["a page", "nothing", "one bad rule", "cut off"],
)
def test_what_cannot_be_read_whole_is_unknown_and_not_free(content: bytes):
    with pytest.raises(Unreadable):
        busy_stretches(content, from_=MARCH, until=APRIL, zone="UTC")


def test_the_process_of_its_own_says_the_same():
    content = calendar("DTSTART:20270401T090000Z\nDTEND:20270401T100000Z\nRRULE:FREQ=DAILY")
    asked = {"from_": MARCH, "until": APRIL, "zone": "Europe/Berlin"}
    assert read_apart(content, **asked) == busy_stretches(content, **asked)
    with pytest.raises(Unreadable):
        read_apart(b"nothing", **asked)


def test_a_calendar_that_would_keep_the_machine_busy_for_hours_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bothways.live.reading_ics.LIMIT_S", 2)
    bomb = "DTSTART:19700101T000000Z\nDTEND:19700101T000001Z\nRRULE:FREQ=SECONDLY;INTERVAL=7"
    with pytest.raises(Unreadable):
        read_apart(calendar(*[bomb] * 20), from_=MARCH, until=APRIL, zone="UTC")
