"""What was written counts as read by its time on the screen, under the same rules as playing."""

import datetime as dt

import pytest
import time_machine

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import Refused
from bothways.review.actions.coverage import SLACK, open_player, report_played
from bothways.review.models import Coverage
from bothways.review.queries.coverage import length_ms, share
from bothways.review.queries.inbox import work_list
from bothways.review.queries.readiness import readiness
from bothways.review.queries.receipts import watched_by
from tests.factories import make_interview, make_submitted_interview, make_written_answer
from tests.factories.review import watch

NOON = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)
SLACK_MS = int(SLACK.total_seconds() * 1000)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def interview(cast) -> Interview:
    """Two recorded answers, then two written ones of 20 and of 3 seconds."""
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    interview.answers.filter(question__place__gt=2).delete()
    for place, length in ((3, 560), (4, 10)):
        make_written_answer(interview, cast.kit_version.questions.get(place=place), "x" * length)
    return interview


def written(interview: Interview, place: int = 3):
    rows = interview.answers.select_related("interview", "organization", "chosen_written", "chosen_take__recording")
    return rows.get(question__place=place)


def test_time_on_the_screen_is_read_at_the_speed_of_the_clock(clock, cast, interview):
    bo, answer = cast.actor(cast.bo), written(interview)
    assert length_ms(answer) == 20_000
    open_player(actor=bo, answer=answer)
    report_played(actor=bo, answer=answer, spans=[(0, 20_000)])
    assert Coverage.objects.get().covered_ms == SLACK_MS
    clock.shift(15)
    report_played(actor=bo, answer=answer, spans=[(0, 20_000)])
    assert share(answer, cast.bo) == 15_000 / 20_000
    clock.shift(1)
    report_played(actor=bo, answer=answer, spans=[(15_000, 20_000)])
    assert share(answer, cast.bo) == 16_000 / 20_000
    verbs = AuditEntry.objects.order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["answer.opened", "answer.watched"]


def test_playing_and_reading_at_once_have_one_clock(clock, cast, interview):
    bo = cast.actor(cast.bo)
    played, read = written(interview, 1), written(interview, 3)
    for answer in (played, read):
        open_player(actor=bo, answer=answer)
    clock.shift(10)
    report_played(actor=bo, answer=played, spans=[(0, 20_000)])
    report_played(actor=bo, answer=read, spans=[(0, 20_000)])
    assert Coverage.objects.get(recording=played.chosen_take.recording).covered_ms == 20_000
    assert Coverage.objects.get(written=read.chosen_written).covered_ms <= 2 * SLACK_MS


def test_a_decline_needs_it_read_and_receipts_say_so(cast, interview):
    watch(cast.bo, interview)
    watch(cast.ines, interview, places=(1, 2, 4))
    state = readiness(interview)
    assert state.answers == 4
    assert not state.is_met
    assert [viewer.missing for viewer in state.incomplete] == [(3,)]
    assert {receipt.name: tuple(receipt.answers_watched) for receipt in watched_by(interview)} == {
        "Bo Osei": (1, 2, 3, 4),
        "Inês Carvalho": (1, 2, 4),
    }
    watch(cast.ines, interview)
    assert readiness(interview).is_met


def test_the_work_list_counts_reading_time(cast, interview):
    [item] = work_list(cast.bo)
    assert item.length_ms == 30_000 + 30_000 + 20_000 + 3000


def test_nothing_is_read_before_it_is_sent_or_where_nothing_is(cast):
    unsent = make_interview(cast.stage, cast.kit_version, state=InterviewState.STARTED)
    answer = make_written_answer(unsent, cast.kit_version.questions.get(place=1))
    with pytest.raises(Refused):
        open_player(actor=cast.actor(cast.bo), answer=answer)
    sent = make_submitted_interview(cast.stage, cast.kit_version)
    empty = sent.answers.get(question__place=1)
    empty.chosen_take = None
    empty.save()
    with pytest.raises(Refused, match="nothing_to_play"):
        open_player(actor=cast.actor(cast.bo), answer=empty)
