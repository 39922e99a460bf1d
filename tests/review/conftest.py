import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from bothways.interviews.models import Interview
from tests.factories import Cast, make_submitted_interview


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version)


@pytest.fixture
def in_days() -> Callable[[int], dt.datetime]:
    return lambda days: timezone.now() + dt.timedelta(days=days)
