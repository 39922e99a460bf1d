"""Which times are offered, on many wall clocks."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothways.lib.ids import new_id
from bothways.live.openings import HostTime, Hours, Taken, openings

UTC = dt.UTC
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu", "UTC"]
EVERY_DAY = range(7)


def clock(starts: int, ends: int) -> tuple[dt.time, dt.time]:
    """Two minutes of a day as clock times."""
    return dt.time(*divmod(starts, 60)), dt.time(*divmod(ends % 1440, 60))


def nights(zone: str, day: dt.date, starts: int = 60, ends: int = 300) -> list[dt.datetime]:
    """The starts of hours of one day only, with nothing else in the way."""
    hours = Hours(zone=zone, weekly={}, overrides={day: [clock(starts, ends)]})
    since = dt.datetime.combine(day, dt.time(), UTC) - dt.timedelta(days=2)
    host = HostTime(new_id(), hours)
    found = openings([host], minutes=60, needs_all=False, now=since, until=since + dt.timedelta(days=6))
    return [one.starts_at.astimezone(ZoneInfo(zone)) for one in found]


@pytest.mark.parametrize(
    ("zone", "starts", "usual", "shorter", "longer"),
    [
        ("Europe/Berlin", 60, "2027-03-27", "2027-03-28", "2026-10-25"),
        ("America/New_York", 0, "2027-03-13", "2027-03-14", "2026-11-01"),
        ("Australia/Sydney", 60, "2026-10-03", "2026-10-04", "2027-04-04"),
    ],
)
def test_a_night_is_an_hour_shorter_or_longer_where_clocks_change(
    zone: str, starts: int, usual: str, shorter: str, longer: str
) -> None:
    def count(day: str) -> int:
        return len(nights(zone, dt.date.fromisoformat(day), starts, starts + 240))

    assert (count(usual), count(shorter), count(longer)) == (4, 3, 5)


def test_half_an_hour_of_lord_howe_and_a_midnight_that_did_not_exist_in_sao_paulo() -> None:
    # Lord Howe puts its clocks by half an hour: 01:00 to 05:00 has three and a half hours, then four and a half.
    assert len(nights("Australia/Lord_Howe", dt.date(2026, 10, 4))) == 3
    assert len(nights("Australia/Lord_Howe", dt.date(2027, 4, 4))) == 4
    # The day began at 01:00 then.
    assert nights("America/Sao_Paulo", dt.date(2018, 11, 4), 0, 180)[0].time() == dt.time(1)
    assert nights("Asia/Kathmandu", dt.date(2027, 3, 28))[0].astimezone(UTC).time() == dt.time(19, 15)


@st.composite
def hosts(draw: st.DrawFn) -> HostTime:
    starts = draw(st.integers(0, 1380))
    ends = draw(st.integers(starts + 30, 1440))
    day = dt.datetime(2027, 3, 25, tzinfo=UTC)
    minutes = st.integers(0, 14 * 1440)
    busy = [
        (day + dt.timedelta(minutes=begin), day + dt.timedelta(minutes=begin + length))
        for begin, length in draw(st.lists(st.tuples(minutes, st.integers(5, 300)), max_size=6))
    ]
    before, after = (dt.timedelta(minutes=draw(st.sampled_from([0, 10, 25]))) for _ in range(2))
    hours = Hours(
        zone=draw(st.sampled_from(ZONES)),
        weekly={weekday: [clock(starts, ends)] for weekday in draw(st.sets(st.sampled_from(EVERY_DAY)))},
        before=before,
        after=after,
        daily_cap=draw(st.integers(1, 6)),
    )
    return HostTime(new_id(), hours, [Taken(one, one) for one in busy])


@given(some=st.lists(hosts(), min_size=1, max_size=3), minutes=st.integers(10, 120), needs_all=st.booleans())
def test_what_is_offered_lies_in_the_hours_of_who_is_named_and_on_nothing_else(
    some: list[HostTime], minutes: int, needs_all: bool
) -> None:
    # Berlin, Lord Howe and New York change their clocks in or near these two weeks.
    now = dt.datetime(2027, 3, 25, tzinfo=UTC)
    found = openings(some, minutes=minutes, needs_all=needs_all, now=now, until=now + dt.timedelta(days=14))
    by_id = {host.member_id: host for host in some}
    for opening in found:
        assert opening.ends_at - opening.starts_at == dt.timedelta(minutes=minutes)
        assert len(opening.hosts) == len(some) or not needs_all
        for member_id in opening.hosts:
            host = by_id[member_id]
            zone = ZoneInfo(host.hours.zone)
            for minute in range(0, minutes, 5):
                there = (opening.starts_at + dt.timedelta(minutes=minute)).astimezone(zone)
                assert any(
                    starts <= there.time() and (there.time() < ends or ends == dt.time())
                    for starts, ends in host.hours.weekly[there.weekday()]
                )
            for taken in host.taken:
                assert opening.ends_at + host.hours.after <= taken.stretch[0] or (
                    taken.stretch[1] <= opening.starts_at - host.hours.before
                )


@given(host=hosts(), minutes=st.integers(10, 120))
def test_times_of_one_host_never_overlap_and_do_not_creep_with_the_clock(host: HostTime, minutes: int) -> None:
    now = dt.datetime(2027, 3, 25, 7, 13, tzinfo=UTC)
    until = now + dt.timedelta(days=10)
    found = openings([host], minutes=minutes, needs_all=False, now=now, until=until)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(found))
    later = openings([host], minutes=minutes, needs_all=False, now=now + dt.timedelta(minutes=37), until=until)
    assert {one.starts_at for one in later} <= {one.starts_at for one in found}


def test_notice_the_cap_of_a_day_and_the_rest_around_another_talk_hold() -> None:
    id_ = new_id()
    monday = dt.datetime(2027, 2, 1, 8, tzinfo=UTC)
    weekly = {weekday: [(dt.time(9), dt.time(12))] for weekday in EVERY_DAY}
    rest = dt.timedelta(minutes=10)
    hours = Hours(zone="UTC", weekly=weekly, before=rest, after=rest, notice=dt.timedelta(hours=2), daily_cap=2)
    talk = (monday.replace(day=2, hour=10), monday.replace(day=2, hour=10, minute=30))
    kept = Taken(talk, (talk[0] - rest, talk[1] + rest))
    host = HostTime(id_, hours, [kept], [talk[0]])

    def times(host: HostTime) -> list[str]:
        found = openings([host], minutes=30, needs_all=False, now=monday, until=monday + dt.timedelta(days=1, hours=9))
        return [f"{one.starts_at:%a %H:%M}" for one in found]

    # Two hours of notice on Monday; around the talk of Tuesday ten minutes stay free, so that what touches it goes.
    assert times(host) == [
        "Mon 10:00", "Mon 10:30", "Mon 11:00", "Mon 11:30", "Tue 09:00", "Tue 11:00", "Tue 11:30",
    ]  # fmt: skip
    full = HostTime(id_, hours, [kept], [talk[0], talk[0]])
    assert not [time for time in times(full) if time.startswith("Tue")]
