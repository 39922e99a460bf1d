"""The server says each minute that it runs; a gap in that is an outage."""

import datetime as dt

import pytest
import time_machine

from bothways.work.actions.beats import KEPT, beat
from bothways.work.models import ServerPart, Uptime
from bothways.work.queries.outages import outages
from bothways.work.tasks import beat as beat_of_work

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)

pytestmark = pytest.mark.django_db


def beats(*minutes: float, part: str = ServerPart.WEB) -> None:
    for minute in minutes:
        with time_machine.travel(NOON + minute * MINUTE, tick=False):
            beat(part)


def found() -> list[tuple[str, float, float]]:
    since = NOON - dt.timedelta(days=1)
    return [(o.part, (o.start - NOON) / MINUTE, (o.end - NOON) / MINUTE) for o in outages(since)]


def test_a_running_server_is_one_row():
    beats(0, 1, 2, 3.5, 6.4)
    assert Uptime.objects.count() == 1
    assert found() == []


def test_a_gap_is_an_outage_of_that_part():
    beats(0, 1, 2, part=ServerPart.WORK)
    beats(0, 1, 31, 32)
    beats(40, part=ServerPart.WORK)
    assert found() == [("work", 2, 40), ("web", 1, 31)]


def test_a_restart_is_none():
    beats(0, 4.5, 9)
    assert Uptime.objects.count() == 3
    assert found() == []


def test_several_machines_count_as_one():
    beats(0, 0.5, 1, 1.5, 2)
    assert Uptime.objects.count() == 1


def test_a_clock_that_runs_back_does_no_harm():
    beats(10, 5, 11)
    assert Uptime.objects.get().last_at == NOON + 11 * MINUTE


def test_old_stretches_are_forgotten():
    beats(0)
    with time_machine.travel(NOON + KEPT + MINUTE, tick=False):
        beat(ServerPart.WEB)
    assert Uptime.objects.count() == 1


def test_an_outage_is_told_by_its_end():
    beats(0, 60)
    assert outages(NOON + 61 * MINUTE) == []


def test_the_workers_say_it_by_the_schedule():
    beat_of_work()
    assert Uptime.objects.get().part == ServerPart.WORK
