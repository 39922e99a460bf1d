"""Sending, taking more days, taking it back."""

import datetime as dt

import pytest
import time_machine

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.progress import extend, mark_opened, submit, withdraw
from bothways.interviews.models import AccessToken, Answer, Interview, InterviewState, Take
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.models import Recording, RecordingState
from bothways.media.store import get_store
from bothways.notify.models import Message
from bothways.positions.models import ApplicationState
from bothways.work.actions.jobs import run_all_due
from bothways.work.models import Job
from tests.factories import make_interview
from tests.interviews.taking_part import actor_of, answered, consented, opened, preview_of, put_bytes, recorded

DAY = dt.timedelta(days=1)
MONDAY = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def interview(cast) -> Interview:
    return consented(make_interview(cast.stage, cast.kit_version))


def test_opening_counts_once(interview):
    assert mark_opened(interview=interview, actor=actor_of(interview))
    assert not mark_opened(interview=interview, actor=actor_of(interview))


def test_sending_promises_a_day_and_says_so_by_mail(cast):
    with time_machine.travel(MONDAY, tick=False):
        interview = answered(consented(make_interview(cast.stage, cast.kit_version)))
        assert submit(interview=interview, actor=actor_of(interview))
    interview.refresh_from_db()
    assert interview.state == InterviewState.SUBMITTED
    assert interview.submitted_at == MONDAY
    assert interview.reply_by == dt.date(2026, 3, 16)
    receipt = Message.objects.get(kind="interviews.receipt")
    assert receipt.to_email == interview.application.candidate.email
    assert "Monday 16 March" in receipt.body_text
    assert "Ada Lindqvist" in receipt.body_text
    assert AccessToken.objects.filter(interview=interview, purpose="receipt").count() == 1


def test_sending_twice_is_sending_once(interview):
    answered(interview)
    assert submit(interview=interview, actor=actor_of(interview))
    assert not submit(interview=interview, actor=actor_of(interview))
    assert Message.objects.filter(kind="interviews.receipt").count() == 1
    assert AuditEntry.objects.filter(verb="interview.submitted").count() == 1


@pytest.mark.parametrize("state", [RecordingState.RECEIVED, RecordingState.FAILED])
def test_every_answer_must_be_there_to_watch(interview, state):
    for place in (1, 2, 3):
        recorded(interview, place)
    with pytest.raises(Refused, match="Answer 4 is not ready"):
        submit(interview=interview, actor=actor_of(interview))
    recorded(interview, 4, state)
    with pytest.raises(Refused, match="not_ready"):
        submit(interview=interview, actor=actor_of(interview))
    assert Interview.objects.get(id=interview.id).state == InterviewState.STARTED


def test_takes_that_were_not_chosen_go_with_their_bytes(interview):
    answered(interview)
    spare, unfinished = recorded(interview, 1), opened(interview, 2).take
    put_bytes(unfinished, b"half")
    submit(interview=interview, actor=actor_of(interview))
    Job.objects.exclude(name="interviews.erase_unchosen").delete()
    run_all_due()
    kept = set(Answer.objects.filter(interview=interview).values_list("chosen_take", flat=True))
    assert set(Take.objects.values_list("id", flat=True)) == kept
    assert len(kept) == 4
    for gone in (spare, unfinished):
        assert not Recording.objects.filter(id=gone.recording_id).exists()
        assert get_store().size(gone.recording.original_key) is None
    assert AuditEntry.objects.filter(verb="take.erased").count() == 2


def test_what_was_begun_in_time_may_be_sent_a_day_longer(interview):
    answered(interview)
    Interview.objects.filter(id=interview.id).update(state=InterviewState.EXPIRED)
    with time_machine.travel(interview.deadline + DAY, tick=False):
        assert submit(interview=interview, actor=actor_of(interview))


def test_later_than_that_nothing_is_sent(interview):
    answered(interview)
    late = interview.deadline + DAY + dt.timedelta(seconds=1)
    with time_machine.travel(late, tick=False), pytest.raises(Refused, match="deadline"):
        submit(interview=interview, actor=actor_of(interview))


def test_three_more_days_twice(interview):
    first = interview.deadline
    assert extend(interview=interview, seen_deadline=first, actor=actor_of(interview))
    assert extend(interview=interview, seen_deadline=first + 3 * DAY, actor=actor_of(interview))
    with pytest.raises(Refused, match="no_extension_left"):
        extend(interview=interview, seen_deadline=first + 6 * DAY, actor=actor_of(interview))
    interview.refresh_from_db()
    assert interview.deadline == first + 6 * DAY


def test_a_double_press_is_one_extension(interview):
    seen = interview.deadline
    assert extend(interview=interview, seen_deadline=seen, actor=actor_of(interview))
    assert not extend(interview=interview, seen_deadline=seen, actor=actor_of(interview))
    assert Interview.objects.get(id=interview.id).own_extensions == 1


def test_more_days_bring_an_expired_interview_back_where_it_was(interview):
    opened(interview)
    Interview.objects.filter(id=interview.id).update(state=InterviewState.EXPIRED)
    with time_machine.travel(interview.deadline + DAY, tick=False):
        assert extend(interview=interview, seen_deadline=interview.deadline, actor=actor_of(interview))
        assert Interview.objects.get(id=interview.id).state == InterviewState.STARTED
        opened(interview)


def test_days_that_would_lie_in_the_past_are_not_given(interview):
    with time_machine.travel(interview.deadline + 4 * DAY, tick=False), pytest.raises(Refused):
        extend(interview=interview, seen_deadline=interview.deadline, actor=actor_of(interview))


def test_withdrawing_before_sending_deletes_everything_at_once(interview):
    take = recorded(interview)
    assert withdraw(interview=interview, actor=actor_of(interview))
    assert not withdraw(interview=interview, actor=actor_of(interview))
    Job.objects.exclude(name="interviews.erase_all").delete()
    run_all_due()
    assert not Take.objects.exists()
    assert get_store().size(take.recording.original_key) is None
    interview.application.refresh_from_db()
    assert interview.application.state == ApplicationState.WITHDRAWN


def test_withdrawing_after_sending_deletes_when_the_profile_says(interview):
    answered(interview)
    submit(interview=interview, actor=actor_of(interview))
    withdraw(interview=interview, actor=actor_of(interview))
    Job.objects.exclude(name="interviews.erase_all").delete()
    run_all_due()
    assert Take.objects.count() == 4
    with time_machine.travel(dt.datetime.now(dt.UTC) + 181 * DAY, tick=False):
        run_all_due()
    assert not Take.objects.exists()


def test_a_preview_is_sent_without_any_mail(cast):
    preview = consented(preview_of(cast.kit_version))
    answered(preview)
    assert submit(interview=preview, actor=actor_of(preview))
    assert not Message.objects.exists()


def test_only_the_candidate_does_any_of_it(interview, cast):
    for stranger in (cast.actor(cast.ada), actor_of(make_interview(cast.stage, cast.kit_version, "Eve Adeyemi"))):
        with pytest.raises(NotAllowed):
            submit(interview=interview, actor=stranger)
        with pytest.raises(NotAllowed):
            withdraw(interview=interview, actor=stranger)
        with pytest.raises(NotAllowed):
            extend(interview=interview, seen_deadline=interview.deadline, actor=stranger)
