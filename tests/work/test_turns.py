"""Whose turn it is in a lane: what is asked for, how far it yields, and nobody waits for ever."""

import datetime as dt

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from bothways.work.actions import jobs
from bothways.work.actions.jobs import GivenUp, enqueue
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


def ask(organization, word, seconds, **more):
    yields = dt.timedelta(seconds=seconds)
    payload = {"word": word}
    return enqueue(organization_id=organization.id, name="test.note", key=word, payload=payload, yields=yields, **more)


@pytest.fixture
def note(organization):
    return job("test.note")(lambda word: seen.append(word))


def test_a_wake_up_does_what_is_most_urgent_not_what_it_was_sent_for(organization, note):
    long, short, none = ask(organization, "long", 60), ask(organization, "short", 5), ask(organization, "now", 0)
    for asked in (long, short, none):
        jobs.run(str(asked.id))
    assert seen == ["now", "short", "long"]


def test_who_had_to_let_another_go_first_is_woken_again(organization, note):
    """What has become due takes the turn of what was woken, and nobody wakes for it, because it waits no more."""
    became_due = ask(organization, "first", 0, delay=dt.timedelta(minutes=1))
    now = timezone.now()
    Job.objects.filter(id=became_due.id).update(due_at=now, turn_at=now)
    woken = ask(organization, "second", 5)
    OrmQ.objects.all().delete()
    jobs.run(str(woken.id))
    assert seen == ["first"]
    assert [message.task["args"] for message in OrmQ.objects.all()] == [(str(woken.id),)]
    OrmQ.objects.all().delete()
    jobs.run(str(woken.id))
    assert seen == ["first", "second"]
    assert not OrmQ.objects.exists()


def test_what_has_waited_for_longer_than_it_yields_goes_first(organization, note):
    long = ask(organization, "long", 60)
    Job.objects.filter(id=long.id).update(turn_at=long.turn_at - dt.timedelta(seconds=61))
    ask(organization, "now", 0)
    jobs.run(str(long.id))
    assert seen == ["long"]


def test_what_is_not_due_or_stands_in_another_lane_is_let_be(organization, note):
    later = ask(organization, "later", 0, delay=dt.timedelta(minutes=1))
    ask(organization, "here", 60)
    elsewhere = ask(organization, "elsewhere", 0)
    Job.objects.filter(id=elsewhere.id).update(lane="media")
    jobs.run(str(later.id))
    assert seen == ["here"]


def test_what_is_given_up_is_not_tried_again(organization):
    @job("test.note")
    def give_up(word):
        raise GivenUp("not_media: begins with 00")

    asked = ask(organization, "a", 0)
    jobs.run(str(asked.id))
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, asked.error) == (JobState.FAILED, 1, "not_media: begins with 00")
