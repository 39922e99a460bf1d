import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from bothways.work.actions import jobs
from bothways.work.actions.jobs import TryLater, enqueue
from bothways.work.models import Job, JobState
from bothways.work.registry import HANDLERS, job
from tests.factories import make_organization

seen: list[str] = []


@pytest.fixture
def organization(db):
    seen.clear()
    yield make_organization()
    for name in [name for name in HANDLERS if name.startswith("test.")]:
        del HANDLERS[name]


def ask(organization, key="a", **more):
    return enqueue(organization_id=organization.id, name="test.note", key=key, payload={"word": key}, **more)


@pytest.fixture
def note(organization):
    return job("test.note", attempts=2)(lambda word: seen.append(word))


def test_a_job_is_done_once_and_remembered(organization, note):
    asked = ask(organization)
    jobs.run(str(asked.id))
    jobs.run(str(asked.id))
    assert seen == ["a"]
    assert Job.objects.get(id=asked.id).state == JobState.DONE


def test_asking_twice_while_it_waits_is_one_job(organization, note):
    assert ask(organization) == ask(organization)
    assert OrmQ.objects.count() == 1


def test_a_rolled_back_transaction_leaves_no_job_and_no_wake_up(organization, note):
    with pytest.raises(RuntimeError), transaction.atomic():
        ask(organization)
        raise RuntimeError
    assert not Job.objects.exists()
    assert not OrmQ.objects.exists()


def test_a_failure_waits_longer_each_time_and_then_stays_failed(organization):
    @job("test.note", attempts=2)
    def fail(word):
        raise ValueError("the disk is full")

    asked = ask(organization)
    jobs.run(str(asked.id))
    asked.refresh_from_db()
    assert asked.state == JobState.WAITING
    assert asked.due_at > timezone.now() + dt.timedelta(seconds=5)
    Job.objects.filter(id=asked.id).update(due_at=timezone.now())
    jobs.run(str(asked.id))
    asked.refresh_from_db()
    assert (asked.state, asked.attempts) == (JobState.FAILED, 2)
    assert "the disk is full" in asked.error


def test_too_early_does_not_count_as_a_failure(organization):
    @job("test.note", attempts=1)
    def early(word):
        raise TryLater(dt.timedelta(minutes=1))

    asked = ask(organization)
    jobs.run(str(asked.id))
    asked.refresh_from_db()
    assert (asked.state, asked.attempts) == (JobState.WAITING, 0)


def test_a_job_in_living_hands_is_left_alone_and_one_in_dead_hands_is_done_again(organization, note):
    asked = ask(organization)
    soon = timezone.now() + dt.timedelta(minutes=1)
    Job.objects.filter(id=asked.id).update(state=JobState.RUNNING, lease_until=soon, claimed_by="elsewhere:1")
    jobs.run(str(asked.id))
    assert seen == []
    Job.objects.filter(id=asked.id).update(lease_until=timezone.now())
    jobs.sweep()
    jobs.run(str(asked.id))
    assert seen == ["a"]


def test_a_job_that_kills_its_worker_each_time_is_given_up(organization, note):
    asked = ask(organization)
    Job.objects.filter(id=asked.id).update(
        state=JobState.RUNNING, lease_until=timezone.now() - dt.timedelta(seconds=1), attempts=2
    )
    jobs.run(str(asked.id))
    asked.refresh_from_db()
    assert asked.state == JobState.FAILED
    assert seen == []


def test_the_sweep_wakes_what_is_due_and_nothing_else(organization, note):
    later = ask(organization, "later", delay=dt.timedelta(hours=1))
    assert jobs.sweep() == 0
    Job.objects.filter(id=later.id).update(due_at=timezone.now())
    assert jobs.sweep() == 1


def test_what_was_put_off_is_woken_once_when_it_is_due(organization, note):
    """The sweep comes each minute; a lane looks every few seconds, and must not wake the same thing each time."""
    began = timezone.now()
    ask(organization, key="at once")
    soon, later = (ask(organization, key=word, delay=dt.timedelta(minutes=1)) for word in ("soon", "later"))
    OrmQ.objects.all().delete()
    lane = HANDLERS["test.note"].lane
    looked = jobs.wake_those_due(lane=lane, since=began)
    assert not OrmQ.objects.exists()
    Job.objects.filter(id=soon.id).update(created_at=began - dt.timedelta(minutes=1), due_at=timezone.now())
    looked = jobs.wake_those_due(lane="media", since=looked) and looked
    assert not OrmQ.objects.exists()
    looked = jobs.wake_those_due(lane=lane, since=looked)
    looked = jobs.wake_those_due(lane=lane, since=looked)
    assert [message.task["args"] for message in OrmQ.objects.all()] == [(str(soon.id),)]
    assert later.due_at > looked
