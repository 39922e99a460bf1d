"""Interviews whose time is over: after the grace, and never while something is still on its way."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.expiry import expire_due
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.window import GRACE
from bothways.media.models import RecordingState, Upload
from tests.factories import make_answer, make_interview


@pytest.fixture
def interview(cast):
    return make_interview(cast.stage, cast.kit_version, state=InterviewState.STARTED, started_at=timezone.now())


def state_at(interview, moment):
    with time_machine.travel(moment, tick=False):
        expire_due()
    return Interview.objects.get(id=interview.id).state


def test_it_stays_open_through_the_grace_and_then_expires(interview):
    assert state_at(interview, interview.deadline + dt.timedelta(minutes=1)) == InterviewState.STARTED
    assert state_at(interview, interview.deadline + GRACE - dt.timedelta(seconds=1)) == InterviewState.STARTED
    assert state_at(interview, interview.deadline + GRACE + dt.timedelta(seconds=1)) == InterviewState.EXPIRED
    assert AuditEntry.objects.get(verb="interview.expired").detail["from"] == InterviewState.STARTED


@pytest.mark.parametrize("state", [InterviewState.SUBMITTED, InterviewState.WITHDRAWN])
def test_what_is_ended_otherwise_does_not_expire(interview, state):
    Interview.objects.update(state=state, submitted_at=timezone.now())
    assert state_at(interview, interview.deadline + GRACE * 10) == state


def test_a_take_that_still_arrives_holds_it_open(cast, interview):
    answer = make_answer(interview, cast.kit_version.questions.first())
    recording = answer.chosen_take.recording
    recording.state = RecordingState.RECEIVING
    recording.save()
    later = interview.deadline + GRACE + dt.timedelta(minutes=5)
    upload = Upload.objects.create(
        organization=cast.organization, recording=recording, token_digest=b"x" * 32, max_bytes=1000,
        expires_at=later + dt.timedelta(hours=1),
    )  # fmt: skip
    assert state_at(interview, later) == InterviewState.STARTED
    upload.terminated_at = later
    upload.save()
    assert state_at(interview, later) == InterviewState.EXPIRED


def test_a_preview_is_left_alone(cast, interview):
    Interview.objects.update(is_preview=True, application=None)
    assert state_at(interview, interview.deadline + GRACE * 2) == InterviewState.STARTED


def test_expiring_twice_is_once(interview):
    late = interview.deadline + GRACE + dt.timedelta(hours=1)
    state_at(interview, late)
    state_at(interview, late)
    assert AuditEntry.objects.filter(verb="interview.expired").count() == 1
