"""Calibrating: what opens the gate, for how long, and what never waits behind it."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.actions.stages import use_kit
from bothways.positions.models import StageReviewer
from bothways.review.actions.calibration import (
    begin_run,
    keep_gold_rating,
    let_in,
    lock_gold_rating,
    switch_calibration,
)
from bothways.review.actions.coverage import open_player
from bothways.review.actions.rounds import enter_round
from bothways.review.actions.scorecards import Draft, Overtaken, keep_overall, keep_rating, submit_scorecard
from bothways.review.calibration import HOLDS_ANSWERS, HOLDS_FOR
from bothways.review.models import CalibrationPass, CalibrationRun, GoldRating
from bothways.review.policies import may_rate, may_see_agreement, may_watch, may_watch_interview
from bothways.review.queries.calibration import gate_of, gates
from bothways.review.queries.desk import desk
from bothways.review.queries.inbox import open_count, work_list
from bothways.review.queries.search import watchable
from tests.factories import Cast, make_kit_version, make_stage, make_submitted_interview
from tests.factories.calibrating import calibrate, make_calibrating, make_gold
from tests.factories.preparing import make_renditions
from tests.factories.review import rate


@pytest.fixture
def calibrating(cast: Cast, interview: Interview) -> Interview:
    """Bo and Inês have one interview to rate, in a stage that asks them to calibrate first."""
    make_calibrating(cast.ada, cast.stage, cast.kit_version)
    interview.refresh_from_db()
    return interview


def verbs(cast: Cast) -> list[str]:
    entries = AuditEntry.objects.filter(organization=cast.organization, verb__startswith="calibration.")
    return list(entries.order_by("sequence").values_list("verb", flat=True))


def test_it_is_turned_on_with_three_gold_answers_only(cast: Cast):
    make_gold(cast.ada, cast.kit_version)
    make_gold(cast.ada, cast.kit_version, value=None)
    make_gold(cast.ada, cast.kit_version)
    with pytest.raises(Refused, match="too_few_gold"):
        switch_calibration(actor=cast.actor(cast.ada), stage=cast.stage, is_on=True)
    make_gold(cast.ada, cast.kit_version)
    assert switch_calibration(actor=cast.actor(cast.rafael), stage=cast.stage, is_on=True).calibration
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            switch_calibration(actor=cast.actor(member), stage=cast.stage, is_on=False)


def test_before_it_nobody_is_watched_rated_found_or_counted(cast: Cast, calibrating: Interview):
    bo, answer = cast.actor(cast.bo), calibrating.answers.first()
    assert not may_rate(bo, calibrating)
    assert not may_watch_interview(bo, calibrating)
    make_renditions(answer.chosen_take.recording)
    for rendition in answer.chosen_take.recording.renditions.all():
        assert not may_watch(bo, rendition)
        assert may_watch(cast.actor(cast.rafael), rendition), "who does not rate here watches as before"
    assert (work_list(bo), open_count(bo), desk(bo).stages, list(watchable(bo))) == ([], 0, (), [])
    assert enter_round(actor=bo, stage=cast.stage, question=cast.kit_version.questions.first()) is None
    with pytest.raises(NotAllowed, match="Calibrate first"):
        keep_rating(actor=bo, interview=calibrating, question_id=answer.question_id, draft=Draft(3, ""))
    with pytest.raises(NotAllowed):
        open_player(actor=bo, answer=answer)
    assert may_watch_interview(cast.actor(cast.rafael), calibrating), "who does not rate here watches as before"


def test_what_waits_behind_it_keeps_others_figures_closed(cast: Cast, calibrating: Interview):
    """Nothing to rate right now is not the same as having rated everything."""
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    assert not may_see_agreement(cast.actor(cast.rafael), cast.stage)


def test_who_passes_rates(cast: Cast, calibrating: Interview):
    run = calibrate(cast.bo, cast.stage, 1, 0, -1)
    assert run.has_passed
    bo = cast.actor(cast.bo)
    assert may_rate(bo, calibrating)
    assert open_count(bo) == 1
    rate(cast.bo, calibrating, (3, 3, 3, 3))
    assert verbs(cast) == ["calibration.started", "calibration.passed"]
    assert not may_rate(cast.actor(cast.ines), calibrating), "everybody for themselves"


def test_who_does_not_pass_may_try_again_with_others_first(cast: Cast, calibrating: Interview):
    for place in (1, 2, 3):
        make_gold(cast.ada, cast.kit_version, place)
    first, second = (calibrate(cast.bo, cast.stage, 1, 1, 0) for _ in range(2))
    assert (first.has_passed, second.has_passed) == (False, False)
    met = set(first.ratings.values_list("gold"))
    assert not met & set(second.ratings.values_list("gold")), "those not met yet come first"
    assert not may_rate(cast.actor(cast.bo), calibrating)
    third = calibrate(cast.bo, cast.stage)
    assert third.has_passed, "when there are no more, the same come again"
    assert verbs(cast) == ["calibration.started", "calibration.finished"] * 2 + [
        "calibration.started",
        "calibration.passed",
    ]


def test_not_enough_evidence_is_no_number(cast: Cast, calibrating: Interview):
    bo = cast.actor(cast.bo)
    run = begin_run(actor=bo, stage=cast.stage)
    for rating in run.ratings.select_related("gold"):
        value = 0 if rating.place == 3 else rating.gold.value
        keep_gold_rating(actor=bo, run=run, rating_id=rating.id, draft=Draft(value, ""))
        lock_gold_rating(actor=bo, run=run, rating_id=rating.id)
    run.refresh_from_db()
    assert run.has_passed is False


def test_a_run_is_begun_once_and_locked_in_its_order(cast: Cast, calibrating: Interview):
    bo = cast.actor(cast.bo)
    run = begin_run(actor=bo, stage=cast.stage)
    assert begin_run(actor=bo, stage=cast.stage) == run
    first, second, _third = run.ratings.all()
    for code, rating in (("unrated", first), ("question", second)):
        with pytest.raises(Refused, match=code):
            lock_gold_rating(actor=bo, run=run, rating_id=rating.id)
    kept = keep_gold_rating(actor=bo, run=run, rating_id=first.id, draft=Draft(4, "Clear."), revision=0)
    assert keep_gold_rating(actor=bo, run=run, rating_id=first.id, draft=Draft(4, "Clear."), revision=0) == kept
    with pytest.raises(Overtaken):
        keep_gold_rating(actor=bo, run=run, rating_id=first.id, draft=Draft(2, "Clear."), revision=0)
    for value in (6, -1):
        with pytest.raises(Refused, match="value"):
            keep_gold_rating(actor=bo, run=run, rating_id=first.id, draft=Draft(value, ""))
    lock_gold_rating(actor=bo, run=run, rating_id=first.id)
    lock_gold_rating(actor=bo, run=run, rating_id=first.id)
    with pytest.raises(Refused, match="locked"):
        keep_gold_rating(actor=bo, run=run, rating_id=first.id, draft=Draft(2, ""))
    for member in (cast.ines, cast.ada, cast.cleo):
        with pytest.raises(NotAllowed):
            keep_gold_rating(actor=cast.actor(member), run=run, rating_id=second.id, draft=Draft(2, ""))
    for member in (cast.rafael, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            begin_run(actor=cast.actor(member), stage=cast.stage)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_begin_one_run():
    cast = Cast()
    make_calibrating(cast.ada, cast.stage, cast.kit_version)
    begun = []

    def go() -> None:
        try:
            begun.append(begin_run(actor=cast.actor(cast.bo), stage=cast.stage).id)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == 2
    assert CalibrationRun.objects.count() == len(set(begun)) == 1
    assert GoldRating.objects.count() == 3


def test_it_is_over_after_ninety_days_and_what_is_begun_is_finished(cast: Cast, calibrating: Interview):
    bo = cast.actor(cast.bo)
    calibrate(cast.bo, cast.stage)
    new = make_submitted_interview(cast.stage, cast.kit_version, "Nia Falk")
    questions = list(cast.kit_version.questions.all())
    keep_rating(actor=bo, interview=calibrating, question_id=questions[0].id, draft=Draft(3, ""))
    passed = CalibrationPass.objects.get()
    with time_machine.travel(passed.passed_at + HOLDS_FOR - dt.timedelta(seconds=1), tick=False):
        assert gate_of(bo, cast.stage).standing.ends_soon
        assert may_rate(bo, new)
    with time_machine.travel(passed.passed_at + HOLDS_FOR, tick=False):
        assert gate_of(bo, cast.stage).is_closed
        assert not may_rate(bo, new)
        assert open_count(bo) == 1, "the begun one alone"
        turn = enter_round(actor=bo, stage=cast.stage, question=questions[1])
        assert turn.interview_id == calibrating.id
        for question in questions:
            keep_rating(actor=bo, interview=calibrating, question_id=question.id, draft=Draft(3, ""))
        keep_overall(actor=bo, interview=calibrating, recommendation="hold", note="")
        submit_scorecard(actor=bo, interview=calibrating)
        assert enter_round(actor=bo, stage=cast.stage, question=questions[1]) is None
        assert open_count(bo) == 0


def test_it_is_over_after_fifty_rated_answers(cast: Cast, calibrating: Interview):
    bo = cast.actor(cast.bo)
    calibrate(cast.bo, cast.stage)
    interviews = [make_submitted_interview(cast.stage, cast.kit_version) for _ in range(HOLDS_ANSWERS // 4 + 1)]
    answers = [answer for interview in interviews for answer in interview.answers.select_related("interview")]
    for answer in answers[: HOLDS_ANSWERS - 1]:
        draft = Draft(answer.question.place - 1, "")
        keep_rating(actor=bo, interview=answer.interview, question_id=answer.question_id, draft=draft)
        keep_rating(actor=bo, interview=answer.interview, question_id=answer.question_id, draft=draft)
    assert gate_of(bo, cast.stage).standing.answers_left == 1
    assert may_rate(bo, calibrating)
    last = answers[HOLDS_ANSWERS - 1]
    keep_rating(actor=bo, interview=last.interview, question_id=last.question_id, draft=Draft(5, ""))
    assert gate_of(bo, cast.stage).standing.answers_left == 0
    assert not may_rate(bo, calibrating)
    assert may_rate(bo, last.interview)


def test_turning_it_on_in_the_middle_stops_no_draft(cast: Cast, interview: Interview):
    bo, question = cast.actor(cast.bo), cast.kit_version.questions.first()
    keep_rating(actor=bo, interview=interview, question_id=question.id, draft=Draft(3, ""))
    make_calibrating(cast.ada, cast.stage, cast.kit_version)
    interview.refresh_from_db()
    new = make_submitted_interview(cast.stage, cast.kit_version, "Nia Falk")
    assert may_rate(bo, interview)
    assert not may_rate(bo, new)
    rate(cast.bo, interview, (3, 3, 3, 3))


def test_the_lead_lets_somebody_in_with_a_reason(cast: Cast, calibrating: Interview):
    rafael, bo = cast.actor(cast.rafael), cast.actor(cast.bo)
    for reason in ("", "  ", "x" * 2001):
        with pytest.raises(Refused, match="reason"):
            let_in(actor=rafael, stage=cast.stage, member=cast.bo, reason=reason)
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            let_in(actor=cast.actor(member), stage=cast.stage, member=cast.bo, reason="Please.")
    for member in (cast.audrey, cast.cleo):
        with pytest.raises(Refused, match="not_a_rater"):
            let_in(actor=rafael, stage=cast.stage, member=member, reason="Please.")
    let_in(actor=rafael, stage=cast.stage, member=cast.bo, reason=" Has led these talks for years. ")
    assert may_rate(bo, calibrating)
    standing = gate_of(bo, cast.stage).standing
    assert (standing.let_in_by, standing.reason) == (cast.rafael, "Has led these talks for years.")
    assert verbs(cast) == ["calibration.let_in"]


def test_nobody_calibrates_on_their_own_gold_answers(cast: Cast, calibrating: Interview):
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.ada)
    with pytest.raises(Refused, match="too_few_gold"):
        begin_run(actor=cast.actor(cast.ada), stage=cast.stage)


def test_another_kit_turns_it_off(cast: Cast, calibrating: Interview):
    other = make_kit_version(cast.ada)
    stage = make_stage(cast.position, cast.kit_version, name="Second")
    switch_calibration(actor=cast.actor(cast.ada), stage=stage, is_on=True)
    assert not use_kit(actor=cast.actor(cast.ada), stage=stage, kit=other.kit).calibration


def test_asking_costs_a_fixed_number_of_queries(cast: Cast, calibrating: Interview):
    calibrate(cast.bo, cast.stage)
    bo = cast.actor(cast.bo)
    fresh = Interview.objects.select_related("stage").get(id=calibrating.id)
    with CaptureQueriesContext(connection) as asked:
        assert may_rate(bo, fresh)
    assert len(asked) == 3, "who rates here, twice, and whether a pass holds"
    with CaptureQueriesContext(connection) as asked:
        assert [gate.is_closed for gate in gates(bo)] == [False]
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        assert open_count(bo) == 1
    assert len(asked) == 2
