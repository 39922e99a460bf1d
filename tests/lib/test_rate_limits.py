"""Counting how often somebody does something."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache

from bothways.lib.rate_limits import within_limit

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


def ask(who: str = "203.0.113.7", what: str = "link") -> bool:
    return within_limit(what=what, who=who, amount=2, per_s=60)


def test_so_many_and_no_more_until_the_next_window():
    with time_machine.travel(NOON, tick=False) as clock:
        assert [ask() for _each in range(4)] == [True, True, False, False]
        clock.shift(60)
        assert ask()


def test_people_and_things_are_counted_apart():
    with time_machine.travel(NOON, tick=False):
        for _each in range(3):
            ask()
        assert not ask()
        assert ask(who="203.0.113.8")
        assert ask(what="mail")
