"""Quiet hours and digests, exact on every clock there is, also on the days when it is changed."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bothways.review.quiet import DIGEST_AT, STEP, Quiet

LISBON, CAIRO = ZoneInfo("Europe/Lisbon"), ZoneInfo("Africa/Cairo")
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
QUARTERS = st.integers(0, 95).map(lambda n: dt.time(n // 4, n % 4 * 15))
MOMENTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2035, 1, 1), timezones=st.just(dt.UTC))
QUIETS = st.builds(
    Quiet, zone=st.sampled_from(ZONES).map(ZoneInfo), begins=QUARTERS, ends=QUARTERS, free_days=st.booleans()
)


def changes(zone: ZoneInfo, year: int) -> list[dt.datetime]:
    """The moments at which this clock is changed in a year, to the hour before."""
    hours = [dt.datetime(year, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=n) for n in range(24 * 366)]
    return [
        one
        for one, next_one in itertools.pairwise(hours)
        if one.astimezone(zone).utcoffset() != next_one.astimezone(zone).utcoffset()
    ]


def is_first(quiet: Quiet, moment: dt.datetime) -> None:
    """What comes out is not quiet, and every minute before it is."""
    found = quiet.first_after(moment)
    assert not quiet.holds(found) and found >= moment
    if found > moment:
        minutes = int((found - moment).total_seconds() // 60)
        # All of the last day, where the borders are, and each quarter before it.
        for n in [*range(0, minutes, 15), *range(max(0, minutes - 120), minutes)]:
            assert quiet.holds(moment + dt.timedelta(minutes=n))
        assert quiet.holds(found - dt.timedelta(seconds=1))


@settings(max_examples=80, deadline=None)
@given(quiet=QUIETS, moment=MOMENTS)
def test_the_first_moment_after_is_the_first(quiet: Quiet, moment: dt.datetime) -> None:
    is_first(quiet, moment)


@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from(
        ["Europe/Lisbon", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo", "Pacific/Chatham", "Asia/Beirut"]
    ),
    year=st.integers(2023, 2027), begins=QUARTERS, ends=QUARTERS, before=st.integers(0, 30),
)  # fmt: skip
def test_also_around_each_change_of_the_clock(
    zone: str, year: int, begins: dt.time, ends: dt.time, before: int
) -> None:
    for change in changes(ZoneInfo(zone), year):
        is_first(Quiet(ZoneInfo(zone), begins, ends, free_days=False), change - dt.timedelta(hours=before))


@settings(max_examples=80, deadline=None)
@given(quiet=QUIETS, moment=MOMENTS, weekly=st.booleans())
def test_a_digest_comes_later_and_never_in_quiet_hours(quiet: Quiet, moment: dt.datetime, weekly: bool) -> None:
    found = quiet.next_digest(moment, weekly=weekly)
    assert found > moment and not quiet.holds(found)
    assert found - moment <= dt.timedelta(days=16 if weekly else 6)


def test_every_zone_keeps_whole_steps_today() -> None:
    """Otherwise the steps would pass by the border."""
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for zone in ZONES:
        for day in (0, 182):
            offset = (now + dt.timedelta(days=day)).astimezone(ZoneInfo(zone)).utcoffset()
            assert offset is not None and offset % STEP == dt.timedelta(0), zone


def lisbon(day: str, time: str = "12:00") -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-{day}T{time}").replace(tzinfo=LISBON)


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        (lisbon("03-10", "19:59"), lisbon("03-10", "19:59")),
        (lisbon("03-10", "20:00"), lisbon("03-11", "07:00")),
        (lisbon("03-11", "06:59"), lisbon("03-11", "07:00")),
        (lisbon("03-13", "20:30"), lisbon("03-16", "07:00")),
        (lisbon("03-15", "12:00"), lisbon("03-16", "07:00")),
        # Clocks go forward in the night to Sunday 29 March, and back in the one to Sunday 25 October.
        (lisbon("03-27", "21:00"), lisbon("03-30", "07:00")),
        (lisbon("10-23", "21:00"), lisbon("10-26", "07:00")),
        # A public holiday in Portugal, on a Friday.
        (lisbon("04-02", "21:00"), lisbon("04-06", "07:00")),
    ],
)
def test_what_people_expect_of_the_defaults(moment: dt.datetime, first: dt.datetime) -> None:
    assert Quiet(LISBON, country="PT").first_after(moment) == first


def test_a_clock_that_jumps_over_the_end_ends_the_quiet_there() -> None:
    """In Cairo it is 01:00 straight after 23:59 on 24 April 2026."""
    quiet = Quiet(CAIRO, dt.time(20), dt.time(0, 30), free_days=False)
    found = quiet.first_after(dt.datetime(2026, 4, 23, 22, tzinfo=CAIRO))
    assert found.astimezone(CAIRO).replace(tzinfo=None) == dt.datetime(2026, 4, 24, 1, 0)


def test_digests_of_a_weekend_are_one() -> None:
    quiet = Quiet(LISBON)
    moments = [lisbon("03-13", "18:00"), lisbon("03-14", "09:00"), lisbon("03-15", "23:00"), lisbon("03-16", "07:59")]
    assert {quiet.next_digest(one) for one in moments} == {lisbon("03-16", f"{DIGEST_AT:%H:%M}")}
    assert quiet.next_digest(lisbon("03-16", "08:00")) == lisbon("03-17", "08:00")
    assert quiet.next_digest(lisbon("03-17"), weekly=True) == lisbon("03-23", "08:00")
