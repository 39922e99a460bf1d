"""The one way an interview's state changes."""

import pytest

from bothways.accounts.actors import system_actor
from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.state import ALLOWED_FROM, change_state, state_before_expiry
from bothways.interviews.models import Interview, InterviewState
from tests.factories import make_interview


@pytest.fixture
def interview(cast) -> Interview:
    return make_interview(cast.stage, cast.kit_version)


def test_opening_sets_the_moment_and_writes_the_log(interview):
    changed = change_state(interview=interview, to=InterviewState.OPENED, actor=system_actor(interview.organization_id))
    assert changed
    kept = Interview.objects.get(id=interview.id)
    assert (kept.state, kept.opened_at) == (InterviewState.OPENED, interview.opened_at)
    assert kept.opened_at is not None
    entry = AuditEntry.objects.get(verb="interview.opened")
    assert (entry.thing_id, entry.detail) == (str(interview.id), {"from": "invited"})


def test_of_two_who_saw_the_same_state_one_is_first(interview):
    other = Interview.objects.get(id=interview.id)
    actor = system_actor(interview.organization_id)
    assert change_state(interview=interview, to=InterviewState.OPENED, actor=actor)
    assert not change_state(interview=other, to=InterviewState.OPENED, actor=actor)
    assert AuditEntry.objects.filter(verb="interview.opened").count() == 1


@pytest.mark.parametrize("state", InterviewState.values)
@pytest.mark.parametrize("to", list(InterviewState))
def test_only_the_listed_ways_lead_there(interview, state, to):
    moments = {"submitted_at": interview.created_at} if state == InterviewState.SUBMITTED else {}
    Interview.objects.filter(id=interview.id).update(state=state, **moments)
    interview.refresh_from_db()
    changed = change_state(interview=interview, to=to, actor=system_actor(interview.organization_id))
    assert changed == (state in ALLOWED_FROM[to])
    assert Interview.objects.get(id=interview.id).state == (to if changed else state)


def test_the_first_opening_stays_when_answering_begins(interview):
    actor = system_actor(interview.organization_id)
    change_state(interview=interview, to=InterviewState.OPENED, actor=actor)
    opened_at = interview.opened_at
    change_state(interview=interview, to=InterviewState.STARTED, actor=actor)
    interview.refresh_from_db()
    assert interview.opened_at == opened_at
    assert interview.started_at >= opened_at


def test_an_expired_interview_goes_on_where_it_was(interview):
    assert state_before_expiry(interview) == InterviewState.INVITED
    interview.opened_at = interview.created_at
    assert state_before_expiry(interview) == InterviewState.OPENED
    interview.started_at = interview.created_at
    assert state_before_expiry(interview) == InterviewState.STARTED
