"""The interview's clock: it stands still while a request is open, and nobody loses a second of their time."""

import datetime as dt

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bothways.interviews.actions.clock import start_clock, stop_clock
from bothways.interviews.actions.expiry import expire_due
from bothways.interviews.actions.reminders import send_due_reminders
from bothways.interviews.actions.requests import answer, ask
from bothways.interviews.actions.takes import open_take
from bothways.interviews.models import Interview, InterviewState, Request
from bothways.interviews.queries.window import (
    GRACE,
    LONGEST_STOP,
    accepts_begun_takes,
    accepts_new_takes,
    clock,
    extensions_left,
    is_over,
    open_until,
    stands_still,
)
from bothways.lib.errors import Refused
from bothways.lib.ids import new_id
from bothways.media.models import Upload
from bothways.notify.models import Message
from tests.factories import make_interview
from tests.interviews.taking_part import actor_of, consented, opened, question

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DEADLINE = START + dt.timedelta(days=7)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def interview(cast) -> Interview:
    with time_machine.travel(START, tick=False):
        return make_interview(cast.stage, cast.kit_version, deadline=DEADLINE)


def reread(interview: Interview) -> Interview:
    return Interview.objects.select_related("organization", "application__candidate").get(id=interview.id)


def at(moment: dt.datetime):
    return time_machine.travel(moment, tick=False)


RULES = (is_over, accepts_new_takes, accepts_begun_takes, extensions_left)

stops = st.lists(
    st.tuples(st.integers(0, 5 * 24 * 60), st.integers(1, 9 * 24 * 60)).map(
        lambda pair: (dt.timedelta(minutes=pair[0]), dt.timedelta(minutes=pair[1]))
    ),
    max_size=4,
)


@given(stops=stops, then=st.integers(-12 * 24 * 60, 12 * 24 * 60).map(lambda minutes: dt.timedelta(minutes=minutes)))
@settings(max_examples=200)
def test_every_rule_answers_as_if_the_stopped_time_had_never_been(stops, then):
    """Run and stop in turns; whatever was asked, the answer is that of an interview without stops, asked so much
    earlier as the clock stood still."""
    plain = Interview(deadline=DEADLINE, state=InterviewState.STARTED)
    moved = Interview(deadline=DEADLINE, state=InterviewState.STARTED)
    now, stood = START, dt.timedelta(0)
    for runs, stands in stops:
        now += runs
        moved.clock_stopped_at = now
        for into in (dt.timedelta(0), stands / 2, stands):
            for rule in RULES:
                assert rule(moved, now + into) == rule(plain, now - stood)
            assert open_until(moved, now + into) == plain.deadline + stood + into
        now += stands
        stood += stands
        moved.deadline += now - clock(moved, now)
        moved.clock_stopped_at = None
    moment = DEADLINE + stood + then
    for rule in RULES:
        assert rule(moved, moment) == rule(plain, moment - stood)
    assert moved.deadline == plain.deadline + stood


@given(parts=st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 8000)), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_left_before_asking_is_left_after_the_answer(cast, parts):
    """Through the verbs: the time left is the same to the microsecond, however long the answer took."""
    with at(START) as traveller:
        interview = make_interview(cast.stage, cast.kit_version, deadline=DEADLINE)
        for before, waits in parts:
            traveller.shift(dt.timedelta(minutes=before))
            interview = reread(interview)
            left = interview.deadline - dt.datetime.now(dt.UTC)
            asked = ask(interview=interview, kind="change", actor=actor_of(interview))
            traveller.shift(dt.timedelta(minutes=waits))
            assert open_until(reread(interview)) - dt.datetime.now(dt.UTC) == left
            answer(actor=cast.actor(cast.rafael), request=asked, message="Yes.", changed="other_way")
            interview = reread(interview)
            assert interview.deadline - dt.datetime.now(dt.UTC) == left
            Request.objects.update(created_at=START - DAY)  # how often one may ask is another test's matter
    assert interview.stood_still == sum((dt.timedelta(minutes=waits) for _before, waits in parts), dt.timedelta(0))
    assert interview.deadline == DEADLINE + interview.stood_still


def test_nobody_expires_while_an_answer_is_owed(cast, interview):
    Interview.objects.update(state=InterviewState.STARTED)
    with at(DEADLINE - HOUR):
        asked = ask(interview=reread(interview), kind="person", actor=actor_of(interview))
    with at(DEADLINE + 5 * DAY) as traveller:
        expire_due()
        assert reread(interview).state == InterviewState.STARTED
        assert accepts_new_takes(reread(interview))
        answer(actor=cast.actor(cast.ada), request=asked, message="Let us talk.")
        traveller.shift(HOUR - dt.timedelta(seconds=1))
        assert accepts_new_takes(reread(interview))
        traveller.shift(GRACE + dt.timedelta(seconds=2))
        expire_due()
    assert reread(interview).state == InterviewState.EXPIRED


def test_nobody_is_reminded_while_an_answer_is_owed(cast, interview):
    with at(START + DAY):
        asked = ask(interview=reread(interview), kind="person", actor=actor_of(interview))
    with at(DEADLINE - HOUR):
        assert send_due_reminders() == 0
        answer(actor=cast.actor(cast.ada), request=asked, message="Let us talk.")
        assert send_due_reminders() == 0


def test_half_of_the_window_is_half_by_its_own_clock(cast, interview):
    with at(START + DAY) as traveller:
        asked = ask(interview=reread(interview), kind="person", actor=actor_of(interview))
        traveller.shift(4 * DAY)
        answer(actor=cast.actor(cast.ada), request=asked, message="Let us talk.")
        traveller.shift(2.5 * DAY - HOUR)
        assert send_due_reminders() == 0
        traveller.shift(2 * HOUR)
        assert send_due_reminders() == 1
    assert Message.objects.filter(kind="interviews.reminder").count() == 1


def test_takes_begin_while_it_stands_still_and_their_bytes_have_time(cast, interview):
    consented(interview)
    with at(DEADLINE - HOUR) as traveller:
        begun = opened(reread(interview), 1)
        asked = ask(interview=reread(interview), kind="change", actor=actor_of(interview))
        assert Upload.objects.get(id=begun.upload_id).expires_at == DEADLINE + GRACE + LONGEST_STOP
        traveller.shift(3 * DAY)
        later = opened(reread(interview), 2)
        assert Upload.objects.get(id=later.upload_id).expires_at >= DEADLINE + GRACE + LONGEST_STOP
        answer(actor=cast.actor(cast.ada), request=asked, message="Yes.", changed="nothing")
        ends = set(Upload.objects.values_list("expires_at", flat=True))
        assert ends == {DEADLINE + 3 * DAY + GRACE}
        traveller.shift(2 * HOUR)
        with pytest.raises(Refused, match="deadline"):
            open_take(
                interview=reread(interview), question=question(interview, 3), actor=actor_of(interview),
                client_key=new_id(), kind="video", mime="video/webm",
            )  # fmt: skip


def test_two_requests_stop_it_once_and_the_last_answer_lets_it_go_on(cast, interview):
    ada = cast.actor(cast.ada)
    with at(START + DAY) as traveller:
        first = ask(interview=reread(interview), kind="person", actor=actor_of(interview))
        traveller.shift(DAY)
        second = ask(interview=reread(interview), kind="change", actor=actor_of(interview))
        traveller.shift(DAY)
        answer(actor=ada, request=first, message="Let us talk.")
        assert reread(interview).clock_stopped_at == START + DAY
        traveller.shift(DAY)
        answer(actor=ada, request=second, message="Yes.", changed="other_way")
    assert reread(interview).clock_stopped_at is None
    assert reread(interview).deadline == DEADLINE + 3 * DAY


def test_it_stops_once_and_not_when_nothing_is_left_to_answer(interview):
    assert stop_clock(interview)
    assert not stop_clock(interview)
    interview.clock_stopped_at = None
    interview.state = InterviewState.SUBMITTED
    assert not stop_clock(interview)


def test_only_what_is_left_can_stand_still(interview):
    with at(DEADLINE - HOUR):
        assert not stands_still(interview)
        interview.clock_stopped_at = DEADLINE - HOUR
    with at(DEADLINE + 9 * DAY):
        assert stands_still(interview)
        interview.clock_stopped_at = DEADLINE + HOUR
        assert not stands_still(interview)


def test_starting_a_running_clock_changes_nothing(interview):
    assert start_clock(interview) == dt.timedelta(0)
    assert interview.deadline == DEADLINE
