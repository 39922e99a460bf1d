import datetime as dt

import pytest
from django.utils import timezone

from bothways.work.models import Job, JobState, Lane
from bothways.work.queries.stalls import PATIENCE, is_stalled
from tests.factories import make_organization

LONG_AGO = PATIENCE + dt.timedelta(seconds=5)


@pytest.fixture
def waiting(db):
    return Job.objects.create(
        organization=make_organization(),
        name="media.settle",
        key="recording:1",
        lane=Lane.SHORT,
        due_at=timezone.now() - LONG_AGO,
    )


def another(waiting: Job, **fields) -> Job:
    known = {"organization": waiting.organization, "name": "media.settle", "key": "recording:2", "lane": Lane.SHORT}
    return Job.objects.create(**known, due_at=timezone.now() - LONG_AGO, **fields)


def test_work_that_nobody_begins_is_a_stall_of_its_lane_only(waiting):
    assert is_stalled(Lane.SHORT)
    assert not is_stalled(Lane.MEDIA)


def test_work_that_is_not_due_for_long_is_none(waiting):
    Job.objects.update(due_at=timezone.now())
    assert not is_stalled(Lane.SHORT)


def test_a_lane_that_works_on_something_is_busy_not_still(waiting):
    another(waiting, state=JobState.RUNNING, lease_until=timezone.now() + dt.timedelta(minutes=1))
    assert not is_stalled(Lane.SHORT)


def test_a_lane_that_began_something_lately_is_busy_not_still(waiting):
    another(waiting, state=JobState.DONE, started_at=timezone.now())
    assert not is_stalled(Lane.SHORT)


def test_what_a_dead_worker_held_is_no_sign_of_life(waiting):
    held = {"lease_until": timezone.now() - dt.timedelta(seconds=1), "started_at": timezone.now() - LONG_AGO}
    another(waiting, state=JobState.RUNNING, **held)
    assert is_stalled(Lane.SHORT)
