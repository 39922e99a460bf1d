import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import InterviewState
from bothways.lib.errors import NotAllowed, Refused
from bothways.review.actions.coverage import FASTEST, LONGEST_SILENCE, SLACK, open_player, report_played
from bothways.review.models import Coverage, PlayClock
from bothways.review.queries.coverage import share

NOON = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)
SLACK_MS = int(SLACK.total_seconds() * 1000 * FASTEST)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def answer(interview):
    return interview.answers.select_related("interview", "chosen_take__recording").first()


@pytest.fixture
def bo(cast):
    return cast.actor(cast.bo)


def test_real_play_is_measured_to_the_millisecond(clock, cast, bo, answer):
    open_player(actor=bo, answer=answer)
    for second in range(0, 24, 4):
        clock.shift(4)
        report_played(actor=bo, answer=answer, spans=[(second * 1000, second * 1000 + 4000)])
    assert share(answer, cast.bo) == 24_000 / 30_000
    assert Coverage.objects.get().spans == [[0, 24_000]]


def test_jumps_and_speeds_count_each_moment_once(clock, cast, bo, answer):
    open_player(actor=bo, answer=answer)
    clock.shift(10)
    report_played(actor=bo, answer=answer, spans=[(0, 8000), (3000, 8000), (20_000, 24_000)])
    assert share(answer, cast.bo) == 12_000 / 30_000


def test_nobody_plays_before_the_player_is_open(bo, answer):
    with pytest.raises(Refused, match="not_open"):
        report_played(actor=bo, answer=answer, spans=[(0, 1000)])


def test_a_report_right_after_opening_gives_no_more_than_the_slack(clock, bo, answer):
    open_player(actor=bo, answer=answer)
    report_played(actor=bo, answer=answer, spans=[(0, 30_000)])
    assert Coverage.objects.get().covered_ms == SLACK_MS


def test_time_before_opening_again_is_not_credited(clock, bo, answer):
    open_player(actor=bo, answer=answer)
    clock.shift(dt.timedelta(hours=1))
    open_player(actor=bo, answer=answer)
    report_played(actor=bo, answer=answer, spans=[(0, 30_000)])
    assert Coverage.objects.get().covered_ms == SLACK_MS


def test_a_player_left_open_is_credited_minutes_not_days(clock, bo, answer):
    recording = answer.chosen_take.recording
    recording.duration_ms = 3_600_000
    recording.save()
    open_player(actor=bo, answer=answer)
    clock.shift(dt.timedelta(days=1))
    report_played(actor=bo, answer=answer, spans=[(0, 3_600_000)])
    assert Coverage.objects.get().covered_ms == LONGEST_SILENCE.total_seconds() * 1000 * FASTEST + SLACK_MS


def test_minutes_without_a_line_are_reported_later_without_loss(clock, cast, bo, answer):
    recording = answer.chosen_take.recording
    recording.duration_ms = 300_000
    recording.save()
    open_player(actor=bo, answer=answer)
    clock.shift(300)
    report_played(actor=bo, answer=answer, spans=[(0, 300_000)])
    assert share(answer, cast.bo) == 1.0


def test_many_players_at_once_have_one_clock(clock, cast, bo, interview):
    answers = list(interview.answers.select_related("interview", "chosen_take__recording"))
    for answer in answers:
        open_player(actor=bo, answer=answer)
    clock.shift(10)
    for answer in answers:
        report_played(actor=bo, answer=answer, spans=[(0, 30_000)])
    assert sum(Coverage.objects.values_list("covered_ms", flat=True)) <= 10_000 * FASTEST + SLACK_MS


def test_the_clock_of_the_device_does_not_matter(clock, bo, answer):
    open_player(actor=bo, answer=answer)
    for _ in range(50):
        report_played(actor=bo, answer=answer, spans=[(0, 30_000)])
    assert Coverage.objects.get().covered_ms <= SLACK_MS


def test_spans_outside_the_recording_are_left_out(clock, cast, bo, answer):
    open_player(actor=bo, answer=answer)
    clock.shift(60)
    report_played(actor=bo, answer=answer, spans=[(-9000, -10), (29_000, 90_000), (5000, 4000)])
    assert Coverage.objects.get().spans == [[29_000, 30_000]]


reports = st.lists(
    st.tuples(
        st.integers(0, 8_000),
        st.lists(st.tuples(st.integers(-5_000, 40_000), st.integers(-5_000, 40_000)), max_size=6),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=reports)
def test_no_sequence_of_reports_exceeds_the_wall_clock(reports, cast, interview, bo, answer):
    Coverage.objects.all().delete()
    PlayClock.objects.all().delete()
    with time_machine.travel(NOON, tick=False) as traveller:
        open_player(actor=bo, answer=answer)
        for waited, spans in reports:
            traveller.shift(dt.timedelta(milliseconds=waited))
            report_played(actor=bo, answer=answer, spans=spans)
            elapsed = (timezone.now() - NOON).total_seconds() * 1000
            covered = Coverage.objects.get().covered_ms
            assert covered <= elapsed * FASTEST + SLACK_MS
            assert covered <= 30_000


def test_watching_an_answer_is_written_to_the_audit_log_once(clock, cast, bo, answer):
    open_player(actor=bo, answer=answer)
    for _ in range(3):
        clock.shift(30)
        report_played(actor=bo, answer=answer, spans=[(0, 30_000)])
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["answer.opened", "answer.watched"]


def test_outsiders_auditors_and_unsubmitted_answers_are_refused(cast, interview, answer):
    for member in (cast.cleo, cast.audrey):
        with pytest.raises(NotAllowed):
            open_player(actor=cast.actor(member), answer=answer)
    interview.state = InterviewState.STARTED
    interview.save()
    answer.refresh_from_db()
    with pytest.raises(NotAllowed):
        open_player(actor=cast.actor(cast.bo), answer=answer)
