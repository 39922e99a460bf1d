"""Reading what was said counts as watching where the kit says so, under the same clock as playing."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Answer, Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.models import Transcript
from bothways.review.actions.coverage import FASTEST, SLACK, open_player, report_played, report_read
from bothways.review.models import Coverage
from bothways.review.queries.coverage import share
from tests.factories import Cast
from tests.factories.speaking import say

NOON = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)
SPEED = 3.0
"""Thirty seconds of recording in which 280 characters are said: they are read in ten."""
SLACK_MS = int(SLACK.total_seconds() * 1000 * SPEED)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def spoken(cast: Cast, interview: Interview) -> Answer:
    cast.kit_version.reading_counts = True
    cast.kit_version.save()
    say(interview, 1, "x" * 140, "y" * 139)
    return answer_of(interview)


def answer_of(interview: Interview, place: int = 1) -> Answer:
    rows = interview.answers.select_related("interview__kit_version", "organization", "chosen_take__recording")
    return rows.get(question__place=place)


def test_text_on_the_screen_covers_the_recording_at_the_speed_of_reading(clock, cast, spoken):
    bo = cast.actor(cast.bo)
    open_player(actor=bo, answer=spoken)
    clock.shift(4)
    report_read(actor=bo, answer=spoken, spans=[(0, 12_000)])
    assert share(spoken, cast.bo) == 12_000 / 30_000
    clock.shift(4)
    report_read(actor=bo, answer=spoken, spans=[(12_000, 24_000)])
    assert share(spoken, cast.bo) == 24_000 / 30_000
    verbs = AuditEntry.objects.order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["answer.opened", "answer.watched"]
    coverage = Coverage.objects.get()
    assert (coverage.spans, coverage.read_ms, coverage.covered_ms) == ([], 24_000, 24_000)


@pytest.mark.parametrize("spans", [[(0, 30_000)], [(0, 30_000)] * 9, [(29_000, 10**12), (-5, 30_000)]])
def test_nobody_reads_faster_than_the_clock(clock, cast, spoken, spans):
    bo = cast.actor(cast.bo)
    open_player(actor=bo, answer=spoken)
    report_read(actor=bo, answer=spoken, spans=spans)
    assert Coverage.objects.get().covered_ms <= SLACK_MS
    for _report in range(20):
        report_read(actor=bo, answer=spoken, spans=spans)
    assert Coverage.objects.get().covered_ms <= SLACK_MS


def test_the_same_seconds_are_not_played_and_read(clock, cast, interview, spoken):
    """A script that reports both has one member's time for both, in one answer and in another."""
    say(interview, 2, "x" * 279)
    bo, other = cast.actor(cast.bo), answer_of(interview, 2)
    for answer in (spoken, other):
        open_player(actor=bo, answer=answer)
    clock.shift(4)
    report_read(actor=bo, answer=spoken, spans=[(0, 30_000)])
    report_played(actor=bo, answer=spoken, spans=[(0, 30_000)])
    report_read(actor=bo, answer=other, spans=[(0, 30_000)])
    spent = sum(row.read_ms / SPEED + sum(end - start for start, end in row.spans) / FASTEST for row in rows(cast))
    assert spent <= 4000 + SLACK.total_seconds() * 1000


def rows(cast: Cast):
    return Coverage.objects.filter(member=cast.bo)


def test_played_and_read_are_not_added_up(clock, cast, spoken):
    bo = cast.actor(cast.bo)
    open_player(actor=bo, answer=spoken)
    clock.shift(15)
    report_played(actor=bo, answer=spoken, spans=[(15_000, 30_000)])
    clock.shift(5)
    report_read(actor=bo, answer=spoken, spans=[(0, 15_000)])
    assert share(spoken, cast.bo) == 15_000 / 30_000


def test_where_the_kit_does_not_say_so_reading_is_refused(clock, cast, interview):
    say(interview, 1, "x" * 279)
    bo, answer = cast.actor(cast.bo), answer_of(interview)
    open_player(actor=bo, answer=answer)
    clock.shift(20)
    with pytest.raises(Refused, match="reading_does_not_count"):
        report_read(actor=bo, answer=answer, spans=[(0, 30_000)])
    assert share(answer, cast.bo) == 0


def test_without_text_there_is_nothing_to_read(clock, cast, interview, spoken):
    bo, mute = cast.actor(cast.bo), answer_of(interview, 2)
    open_player(actor=bo, answer=mute)
    with pytest.raises(Refused, match="reading_does_not_count"):
        report_read(actor=bo, answer=mute, spans=[(0, 30_000)])
    Transcript.objects.update(switched_off_at=timezone.now())
    open_player(actor=bo, answer=spoken)
    with pytest.raises(Refused, match="reading_does_not_count"):
        report_read(actor=bo, answer=spoken, spans=[(0, 30_000)])


def test_nobody_reads_what_they_may_not_watch(cast, spoken):
    for member in (cast.cleo, cast.audrey):
        with pytest.raises(NotAllowed):
            report_read(actor=cast.actor(member), answer=spoken, spans=[(0, 1000)])


def test_nobody_reads_before_the_page_is_open(cast, spoken):
    with pytest.raises(Refused, match="not_open"):
        report_read(actor=cast.actor(cast.bo), answer=spoken, spans=[(0, 1000)])
