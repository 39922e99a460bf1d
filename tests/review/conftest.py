import pytest

from bothways.interviews.models import Interview
from tests.factories import Cast, make_submitted_interview


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version)
