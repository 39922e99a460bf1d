"""Reminders: at half of the window and on the last day, each once, never after the answers are sent."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from bothways.interviews.actions.invitations import extend, invite
from bothways.interviews.actions.reminders import remind_at_half, remind_of_last_day, send_due_reminders
from bothways.interviews.models import AccessToken, Interview, InterviewState
from bothways.notify.models import Message
from tests.factories import Cast

START = dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC)
DEADLINE = dt.datetime(2026, 3, 10, 23, 59, tzinfo=dt.UTC)
HALF = START + (DEADLINE - START) / 2
LAST_DAY = DEADLINE - dt.timedelta(hours=24)


@pytest.fixture
def dee(cast):
    with time_machine.travel(START, tick=False):
        return invite(
            actor=cast.actor(cast.rafael), stage=cast.stage, name="Dee Okafor", email="dee@example.net", language="ar"
        )


def sweep(at):
    with time_machine.travel(at, tick=False):
        send_due_reminders()
    return list(Message.objects.order_by("created_at").values_list("kind", flat=True))[1:]


def test_nothing_goes_out_before_half_of_the_window(dee):
    assert sweep(HALF - dt.timedelta(seconds=2)) == []


def test_each_reminder_goes_out_once(dee):
    assert sweep(HALF + dt.timedelta(seconds=2)) == ["interviews.reminder"]
    assert sweep(HALF + dt.timedelta(hours=1)) == ["interviews.reminder"]
    assert sweep(LAST_DAY - dt.timedelta(seconds=2)) == ["interviews.reminder"]
    assert sweep(LAST_DAY + dt.timedelta(seconds=2)) == ["interviews.reminder", "interviews.last_day"]
    assert sweep(DEADLINE - dt.timedelta(minutes=1)) == ["interviews.reminder", "interviews.last_day"]
    assert sweep(DEADLINE + dt.timedelta(days=3)) == ["interviews.reminder", "interviews.last_day"]


def test_after_a_long_silence_of_the_workers_only_the_last_one_goes_out(dee):
    assert sweep(LAST_DAY + dt.timedelta(hours=2)) == ["interviews.last_day"]
    assert sweep(LAST_DAY + dt.timedelta(hours=3)) == ["interviews.last_day"]


@pytest.mark.parametrize("state", [InterviewState.SUBMITTED, InterviewState.WITHDRAWN, InterviewState.EXPIRED])
def test_who_owes_no_answers_is_not_reminded(dee, state):
    Interview.objects.update(state=state, submitted_at=START)
    assert sweep(HALF + dt.timedelta(hours=1)) == []
    assert sweep(LAST_DAY + dt.timedelta(hours=1)) == []


def test_a_reminder_speaks_the_candidates_language_and_carries_its_own_link(dee):
    sweep(HALF + dt.timedelta(minutes=1))
    message = Message.objects.get(kind="interviews.reminder")
    assert message.language == "ar" and 'dir="rtl"' in message.body_html
    assert set(AccessToken.objects.filter(interview=dee).values_list("purpose", flat=True)) == {
        "invitation", "reminder",
    }  # fmt: skip


def test_who_gets_more_days_is_reminded_of_the_new_last_day(cast, dee):
    sweep(LAST_DAY + dt.timedelta(hours=1))
    with time_machine.travel(LAST_DAY + dt.timedelta(hours=2), tick=False):
        extended = extend(actor=cast.actor(cast.rafael), interview=dee, days=3)
    kinds = sweep(extended.deadline - dt.timedelta(hours=23))
    assert kinds == ["interviews.last_day", "interviews.extended", "interviews.last_day"]


@pytest.mark.parametrize(("taken", "offered"), [(0, True), (2, False)])
def test_more_days_are_offered_only_while_there_are_some(cast, taken, offered):
    with time_machine.travel(START, tick=False):
        invite(actor=cast.actor(cast.rafael), stage=cast.stage, name="Dee", email="dee@example.net")
    Interview.objects.update(own_extensions=taken)
    sweep(LAST_DAY + dt.timedelta(hours=1))
    text = Message.objects.get(kind="interviews.last_day").body_text
    assert ("take 3 more days" in text) == offered
    assert ("write to the person who invited you" in text) != offered


def test_the_candidate_submits_while_the_sweep_runs(dee):
    with time_machine.travel(HALF + dt.timedelta(minutes=1), tick=False):
        Interview.objects.update(state=InterviewState.SUBMITTED, submitted_at=timezone.now())
        assert not remind_at_half(interview_id=dee.id)
        assert not remind_of_last_day(interview_id=dee.id)


@pytest.mark.needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail():
    cast = Cast()
    with time_machine.travel(START, tick=False):
        invite(actor=cast.actor(cast.rafael), stage=cast.stage, name="Dee", email="dee@example.net")
    together = threading.Barrier(4)
    with time_machine.travel(HALF + dt.timedelta(minutes=1), tick=False):
        interview = Interview.objects.get()

        def work():
            together.wait()
            remind_at_half(interview_id=interview.id)
            connection.close()

        workers = [threading.Thread(target=work) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert Message.objects.filter(kind="interviews.reminder").count() == 1
