import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from bothways.positions.models import Stage
from tests.factories import Cast
from tests.factories.scheduling import MONDAY, make_live_stage


@pytest.fixture
def monday() -> Iterator[dt.datetime]:
    with time_machine.travel(MONDAY, tick=False):
        yield MONDAY


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Bo and Inês host."""
    return make_live_stage(cast)
