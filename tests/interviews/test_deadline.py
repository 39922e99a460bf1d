"""A server that was away on somebody's last day does not count against them."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.deadline import make_up_for_outages
from bothways.interviews.actions.expiry import expire_due
from bothways.interviews.actions.reminders import send_due_reminders
from bothways.interviews.models import Interview, InterviewState
from bothways.notify.models import Message
from bothways.work.models import Uptime
from tests.factories import make_interview
from tests.interviews.taking_part import consented, opened

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def interview(cast) -> Interview:
    made = make_interview(cast.stage, cast.kit_version)
    Interview.objects.filter(id=made.id).update(created_at=timezone.now() - dt.timedelta(days=3))
    return consented(made)


def away(start: dt.datetime, end: dt.datetime, part: str = "web") -> None:
    Uptime.objects.create(part=part, started_at=start - 100 * HOUR, last_at=start)
    Uptime.objects.create(part=part, started_at=end, last_at=end + HOUR / 60)


def deadline_of(interview: Interview) -> dt.datetime:
    return Interview.objects.get(id=interview.id).deadline


def sweep_at(moment: dt.datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return make_up_for_outages()


def test_an_outage_on_the_last_day_gives_a_day_from_its_end(interview):
    end = interview.deadline - HOUR
    away(end - 2 * HOUR, end)
    assert sweep_at(end + HOUR / 60) == 1
    assert deadline_of(interview) == end + 24 * HOUR
    assert sweep_at(end + HOUR / 30) == 0, "once is enough"
    entry = AuditEntry.objects.get(verb="interview.made_up")
    assert entry.detail["because"] == "outage"


@pytest.mark.parametrize("part", ["web", "work"])
def test_a_deadline_that_passed_while_the_server_was_away(interview, part):
    end = interview.deadline + 40 * HOUR
    away(interview.deadline - HOUR, end, part)
    with time_machine.travel(end + HOUR / 60, tick=False):
        expire_due()
    interview.refresh_from_db()
    assert (interview.deadline, interview.state) == (end + 24 * HOUR, InterviewState.INVITED)


def test_one_that_was_marked_as_expired_meanwhile_goes_on(interview):
    end = interview.deadline + HOUR
    away(interview.deadline - HOUR, end)
    Interview.objects.update(state=InterviewState.EXPIRED)
    assert sweep_at(end) == 1
    assert Interview.objects.get().state == InterviewState.INVITED


@pytest.mark.parametrize(
    ("start", "end"), [(-60, -40), (-2, -1.95), (1, 5)], ids=["days before", "a restart", "after the deadline"]
)
def test_other_absences_change_nothing(interview, start, end):
    before = interview.deadline
    away(before + start * HOUR, before + end * HOUR)
    assert sweep_at(before + 6 * HOUR) == 0
    assert deadline_of(interview) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"state": InterviewState.SUBMITTED, "submitted_at": timezone.now()},
        {"state": InterviewState.WITHDRAWN},
        {"clock_stopped_at": timezone.now()},
    ],
    ids=["sent", "withdrawn", "clock stands still"],
)
def test_whoever_waits_for_nothing_is_left_alone(interview, fields):
    Interview.objects.update(**fields)
    away(interview.deadline - 2 * HOUR, interview.deadline - HOUR)
    assert sweep_at(interview.deadline) == 0


def test_two_outages_give_a_day_from_the_later_one(interview):
    before = interview.deadline
    away(before - 10 * HOUR, before - 9 * HOUR)
    away(before - 5 * HOUR, before - 3 * HOUR, "work")
    sweep_at(before)
    assert deadline_of(interview) == before - 3 * HOUR + 24 * HOUR


def test_who_opens_a_take_before_the_sweep_has_looked_is_let_in(interview):
    end = interview.deadline + 2 * HOUR
    away(interview.deadline - HOUR, end)
    with time_machine.travel(end + HOUR / 60, tick=False):
        assert opened(Interview.objects.select_related("organization", "application").get()).takes_left == 2
    assert deadline_of(interview) == end + 24 * HOUR


def test_the_mail_of_the_last_day_goes_out_again_with_the_new_deadline(interview):
    Interview.objects.update(last_day_reminded_at=timezone.now())
    end = interview.deadline - HOUR
    away(end - 2 * HOUR, end)
    sweep_at(end)
    with time_machine.travel(end + HOUR / 60, tick=False):
        assert send_due_reminders() == 1
    assert Message.objects.filter(kind="interviews.last_day").count() == 1
