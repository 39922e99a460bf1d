"""A promised day, and the clock to reach it."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine

from bothways.interviews.models import Interview
from tests.factories import Cast, make_submitted_interview

PROMISED = dt.date(2026, 11, 20)
"""A Friday, without a holiday near it."""


@pytest.fixture
def at(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Puts the clock to a day of November 2026 and an hour of London, where the cast works."""

    def put(day: int, hour: int = 9) -> None:
        moved = time_machine.travel(dt.datetime(2026, 11, day, hour, 30, tzinfo=dt.UTC), tick=False)
        moved.start()
        request.addfinalizer(moved.stop)

    return put


@pytest.fixture
def waiting(cast: Cast, at: Callable[..., None]) -> Interview:
    """Dee sent answers and hears by the promised day."""
    cast.organization.time_zone = "Europe/London"
    cast.organization.country = "GB"
    cast.organization.save()
    at(6)
    return promised_to(cast, "Dee Okafor")


def promised_to(cast: Cast, name: str, day: dt.date = PROMISED) -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version, name)
    interview.reply_by = day
    interview.save()
    return interview
