"""Takes: opened, accepted, chosen, each once however often it is asked; limits that hold; nothing that is lost."""

import datetime as dt

import pytest
import time_machine

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.settings import change_settings
from bothways.interviews.actions.takes import accept_take, choose_take
from bothways.interviews.models import Answer, AnswerTime, Interview, InterviewState, Take
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.ids import new_id
from bothways.media.models import RecordingState
from tests.factories import make_interview
from tests.interviews.taking_part import actor_of, consented, opened, put_bytes, question, recorded, settled

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def interview(cast) -> Interview:
    return consented(make_interview(cast.stage, cast.kit_version))


def test_the_first_take_starts_the_interview(interview):
    assert opened(interview).takes_left == 2
    interview.refresh_from_db()
    assert interview.state == InterviewState.STARTED
    assert list(AuditEntry.objects.values_list("verb", flat=True).order_by("sequence"))[-2:] == [
        "take.opened",
        "interview.started",
    ]


def test_the_same_key_is_the_same_take_with_a_new_token(interview):
    key = new_id()
    first, again = opened(interview, client_key=key), opened(interview, client_key=key)
    assert first.take.id == again.take.id
    assert first.upload_id == again.upload_id
    assert first.token != again.token
    assert again.takes_left == first.takes_left == 2
    assert AuditEntry.objects.filter(verb="take.opened").count() == 1


def test_without_consent_nothing_is_opened(cast):
    with pytest.raises(Refused, match="no_consent"):
        opened(make_interview(cast.stage, cast.kit_version))
    assert not Take.objects.exists()
    assert not Answer.objects.exists()


def test_takes_run_out_and_failed_ones_do_not_count(interview):
    for left in (2, 1, 0):
        assert opened(interview).takes_left == left
    with pytest.raises(Refused, match="no_takes_left"):
        opened(interview)
    settled(Take.objects.first(), RecordingState.FAILED)
    retry = opened(interview)
    assert (retry.take.number, retry.takes_left) == (4, 0)


def test_takes_of_one_question_do_not_count_for_another(interview):
    for _each in range(3):
        opened(interview, 1)
    assert opened(interview, 2).takes_left == 2


def test_somebody_else_opens_nothing(interview, cast):
    other = make_interview(cast.stage, cast.kit_version, "Eve Adeyemi")
    with pytest.raises(NotAllowed):
        accept_take(take=opened(interview).take, size=1, duration_ms=1, actor=actor_of(other))
    with pytest.raises(NotAllowed):
        choose_take(take=opened(interview).take, actor=actor_of(other))


def test_finishing_twice_is_finishing_once(interview):
    take = opened(interview).take
    put_bytes(take, b"speech")
    accept_take(take=take, size=6, duration_ms=2000, actor=actor_of(interview))
    accept_take(take=take, size=6, duration_ms=2000, actor=actor_of(interview))
    take.refresh_from_db()
    assert take.recording.state == RecordingState.RECEIVED
    assert AuditEntry.objects.filter(verb="take.finished").count() == 1


def test_another_length_than_said_before_is_refused(interview):
    take = opened(interview).take
    accept_take(take=take, size=6, duration_ms=2000, actor=actor_of(interview))
    with pytest.raises(Refused, match="length_differs"):
        accept_take(take=take, size=7, duration_ms=2000, actor=actor_of(interview))


def test_a_take_over_its_limit_is_kept_and_noted(interview):
    take = opened(interview).take
    accept_take(take=take, size=6, duration_ms=(180 + 15) * 1000 + 1, actor=actor_of(interview))
    assert AuditEntry.objects.get(verb="take.finished").detail["over_limit_ms"] == 1


@pytest.mark.parametrize(
    ("answer_time", "over_ms"),
    [(AnswerTime.HALF_MORE, 35_000), (AnswerTime.DOUBLE, None), (AnswerTime.UNLIMITED, None)],
)
def test_the_limit_is_the_one_the_candidate_chose(interview, answer_time, over_ms):
    change_settings(interview=interview, actor=actor_of(interview), answer_time=answer_time)
    accept_take(take=opened(interview).take, size=6, duration_ms=320_000, actor=actor_of(interview))
    assert AuditEntry.objects.get(verb="take.finished").detail.get("over_limit_ms") == over_ms


def test_the_first_finished_take_is_chosen_by_itself(interview):
    first = recorded(interview)
    second = recorded(interview)
    assert Answer.objects.get().chosen_take_id == first.id
    choose_take(take=second, actor=actor_of(interview))
    assert Answer.objects.get().chosen_take_id == second.id
    choose_take(take=second, actor=actor_of(interview))
    assert AuditEntry.objects.filter(verb="take.chosen").count() == 1


def test_a_take_after_a_failed_one_is_chosen_by_itself(interview):
    recorded(interview, state=RecordingState.FAILED)
    second = recorded(interview)
    assert Answer.objects.get().chosen_take_id == second.id


@pytest.mark.parametrize("state", [RecordingState.RECEIVING, RecordingState.FAILED])
def test_what_cannot_be_watched_is_not_chosen(interview, state):
    first = recorded(interview)
    second = recorded(interview, state=state) if state == RecordingState.FAILED else opened(interview).take
    with pytest.raises(Refused):
        choose_take(take=second, actor=actor_of(interview))
    assert Answer.objects.get().chosen_take_id == first.id


def test_after_the_deadline_nothing_new_is_opened_but_what_was_begun_arrives(interview):
    key = new_id()
    begun = opened(interview, client_key=key).take
    with time_machine.travel(interview.deadline + HOUR, tick=False):
        with pytest.raises(Refused, match="deadline"):
            opened(interview)
        again = opened(interview, client_key=key)
        assert again.take.id == begun.id
        accept_take(take=begun, size=6, duration_ms=2000, actor=actor_of(interview))
        choose_take(take=begun, actor=actor_of(interview))


def test_who_began_in_time_without_a_line_is_not_late(interview):
    with time_machine.travel(interview.deadline + HOUR, tick=False):
        with pytest.raises(Refused, match="deadline"):
            opened(interview, begun_s_ago=3599)
        assert opened(interview, begun_s_ago=3601).takes_left == 2
    late = interview.deadline + 25 * HOUR
    with time_machine.travel(late, tick=False), pytest.raises(Refused, match="deadline"):
        opened(interview, begun_s_ago=26 * 3600)


def test_an_interview_that_a_job_marked_as_expired_still_takes_what_was_begun(interview):
    begun = opened(interview).take
    Interview.objects.filter(id=interview.id).update(state=InterviewState.EXPIRED)
    with time_machine.travel(interview.deadline + HOUR, tick=False):
        accept_take(take=begun, size=6, duration_ms=2000, actor=actor_of(interview))
    begun.refresh_from_db()
    assert begun.finished_at is not None


def test_a_day_after_the_deadline_it_is_over(interview):
    begun = opened(interview).take
    late = interview.deadline + 25 * HOUR
    with time_machine.travel(late, tick=False), pytest.raises(Refused, match="deadline"):
        accept_take(take=begun, size=6, duration_ms=2000, actor=actor_of(interview))


def test_the_very_last_moment_still_counts(interview):
    with time_machine.travel(interview.deadline, tick=False):
        opened(interview)


@pytest.mark.parametrize("state", [InterviewState.SUBMITTED, InterviewState.WITHDRAWN])
def test_a_closed_interview_says_why(interview, state):
    Interview.objects.filter(id=interview.id).update(state=state, submitted_at=interview.created_at)
    with pytest.raises(Refused, match=state):
        opened(interview)


def test_room_for_bytes_follows_the_limit(interview, settings):
    settings.UPLOAD_MAX_BYTES = 10**12
    short = question(interview, 2)
    short.answer_limit_s = 15
    short.save()
    assert opened(interview, 2).max_bytes == 30 * 2_500_000
    assert opened(interview, 1).max_bytes == 195 * 2_500_000
    settings.UPLOAD_MAX_BYTES = 10**8
    assert opened(interview, 1).max_bytes == 10**8
