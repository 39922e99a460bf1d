"""From handed-in scorecards to rows of figures, and who may read which."""

import datetime as dt
import statistics

import pytest
from django.utils import timezone

from bothways.positions.models import StageReviewer
from bothways.review.actions.agreement import SOON, make_figures, make_left_over
from bothways.review.agreement.figures import Reason
from bothways.review.models import Agreement, RaterDrift, Rating, Scorecard
from bothways.review.policies import may_see_agreement, may_see_drift, may_see_own_agreement
from bothways.review.queries.agreement import drift_in_stage, own_agreement, stage_agreement
from bothways.review.queries.handed_in import handed_in
from bothways.work.actions import jobs
from bothways.work.models import Job, JobState
from tests.factories import make_member
from tests.factories.agreeing import hand_in, harder, make, rated_stage, sent_interviews, usual
from tests.factories.review import rate


def read(cast):
    return stage_agreement(cast.stage, cast.kit_version)


def test_a_handed_in_scorecard_asks_for_figures_once(cast, interview):
    rate(cast.bo, interview, (4, 4, 4, 4))
    rate(cast.ines, interview, (4, 4, 4, 4))
    asked = Job.objects.get(name="review.figures")
    assert asked.due_at - asked.created_at >= SOON - dt.timedelta(seconds=1)
    assert read(cast).made.is_renewed and read(cast).whole is None
    Job.objects.update(due_at=timezone.now())
    jobs.run_all_due()
    asked.refresh_from_db()
    assert asked.state == JobState.DONE
    made = read(cast).made
    assert (made.scorecards, made.is_renewed) == (2, False)
    assert made.at is not None


def test_questions_the_kit_and_pairs_have_their_figures(cast):
    rated_stage(cast)
    found = read(cast)
    assert found.whole.targets == 12 and found.whole.raters == 2
    assert [question.place for question, _ in found.questions] == [1, 2, 3, 4]
    assert all(0.5 < figures.icc_2_1.value < 1 for _, figures in found.questions)
    [(first, second, figures)] = found.pairs
    assert (first, second) == (cast.bo, cast.ines)
    assert figures.icc_2_1.value == pytest.approx(found.whole.icc_2_1.value)
    assert found.raters == (cast.bo, cast.ines)


def test_the_whole_kit_is_of_the_means_that_are_compared(cast):
    [interview] = sent_interviews(cast, 1)
    hand_in(cast.bo, [interview], lambda at, place: (5, 4, 0, 3)[place - 1])
    assert handed_in(cast.stage.id, cast.kit_version.id).overall() == {
        (interview.id, cast.bo.id): statistics.fmean((5, 4, 3))
    }


def test_not_enough_evidence_is_a_gap(cast):
    interviews = sent_interviews(cast, 12)
    hand_in(cast.bo, interviews, usual)
    hand_in(cast.ines, interviews, lambda at, place: 0 if place == 1 and at < 3 else usual(at, place))
    make(cast)
    first, second = [figures for _, figures in read(cast).questions[:2]]
    assert (first.targets, first.reason) == (9, Reason.TOO_FEW)
    assert (second.targets, second.reason) == (12, None)


def test_drafts_and_interviews_that_were_taken_back_are_left_out(cast):
    interviews = rated_stage(cast)
    type(interviews[0]).objects.filter(id=interviews[0].id).update(state="withdrawn")
    Scorecard.objects.filter(interview=interviews[1], member=cast.bo).update(submitted_at=None)
    make(cast)
    assert read(cast).whole.targets == 10
    assert read(cast).made.scorecards == 21


def test_making_twice_leaves_one_of_each(cast):
    rated_stage(cast)
    kept = sorted((str(row.question_id), str(row.first_id), str(row.figures)) for row in Agreement.objects.all())
    make(cast)
    again = sorted((str(row.question_id), str(row.first_id), str(row.figures)) for row in Agreement.objects.all())
    assert kept == again and RaterDrift.objects.count() == 2


def test_a_scorecard_that_comes_in_the_middle_is_not_lost(cast, monkeypatch):
    from_elsewhere = sent_interviews(cast, 2)
    hand_in(cast.bo, from_elsewhere[:1], usual)

    def slow(found):
        hand_in(cast.ines, from_elsewhere[:1], usual)
        return []

    monkeypatch.setattr("bothways.review.actions.agreement._agreements", slow)
    with pytest.raises(jobs.TryLater):
        make(cast)


def test_the_sweep_finds_what_nobody_asked_for(cast):
    interviews = sent_interviews(cast, 3)
    hand_in(cast.bo, interviews, usual)
    assert make_left_over() == 1
    Job.objects.update(due_at=timezone.now())
    jobs.run_all_due()
    assert read(cast).made.scorecards == 3
    assert make_left_over() == 0
    Scorecard.objects.all().delete()
    assert make_left_over() == 1
    Job.objects.filter(state=JobState.WAITING).update(due_at=timezone.now())
    jobs.run_all_due()
    assert not Agreement.objects.exists() and not RaterDrift.objects.exists()
    assert make_left_over() == 0


def test_a_stage_that_is_gone_leaves_nothing_to_do(cast):
    make_figures(stage_id=cast.position.id, kit_version_id=cast.kit_version.id)
    assert not Agreement.objects.exists()


def test_drift_says_who_is_harder_on_the_same_answers(cast):
    rated_stage(cast)
    bo, made = drift_in_stage(cast.bo, cast.stage, cast.kit_version)
    ines, _ = drift_in_stage(cast.ines, cast.stage, cast.kit_version)
    assert bo.harder_by == pytest.approx(-ines.harder_by) and ines.harder_by > 0
    assert (bo.scorecards, bo.numbers, bo.shared, made.scorecards) == (12, 48, 48, 12)


def test_nothing_of_others_is_in_it_where_the_rater_has_not_handed_in(cast):
    """Inês alone rated six more, very low; Bo's draft of them does not count either."""
    rated_stage(cast)
    before, _ = drift_in_stage(cast.bo, cast.stage, cast.kit_version)
    more = sent_interviews(cast, 6)
    hand_in(cast.ines, more, lambda at, place: 1)
    hand_in(cast.bo, more, lambda at, place: 5)
    Scorecard.objects.filter(interview__in=more, member=cast.bo).update(submitted_at=None)
    make(cast)
    after, _ = drift_in_stage(cast.bo, cast.stage, cast.kit_version)
    assert after == before
    own = own_agreement(cast.bo.id, cast.stage, cast.kit_version)
    assert [(member, figures.targets) for member, figures in own.pairs] == [(cast.ines, 12)]


def test_the_own_figures_are_pairs_with_oneself(cast):
    third = make_member(cast.organization, "Tove Third", "reviewer")
    interviews = rated_stage(cast)
    hand_in(third, interviews, harder)
    make(cast)
    own = own_agreement(third.id, cast.stage, cast.kit_version)
    assert [member for member, _ in own.pairs] == [cast.bo, cast.ines]
    assert len(read(cast).pairs) == 3


def test_who_may_see_which(cast):
    actor = cast.actor
    everybody = (cast.ada, cast.rafael, cast.audrey, cast.bo, cast.ines, cast.cleo)
    assert [may_see_agreement(actor(member), cast.stage) for member in everybody] == [True] * 3 + [False] * 3
    assert not any(may_see_own_agreement(actor(member), cast.stage) for member in everybody)
    rated_stage(cast)
    assert [may_see_own_agreement(actor(member), cast.stage) for member in everybody] == [False] * 3 + [
        True,
        True,
        False,
    ]
    assert [may_see_drift(actor(member), cast.stage, cast.bo) for member in everybody] == [
        True,
        True,
        False,
        True,
        False,
        False,
    ]


def test_a_lead_who_rates_sees_everybodys_once_nothing_waits(cast):
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    [interview] = sent_interviews(cast, 1)
    rafael = cast.actor(cast.rafael)
    assert not may_see_agreement(rafael, cast.stage) and not may_see_drift(rafael, cast.stage, cast.bo)
    rate(cast.rafael, interview, (3, 3, 3, 3))
    assert may_see_agreement(rafael, cast.stage) and may_see_drift(rafael, cast.stage, cast.bo)


def test_another_organizations_stage_has_no_figures_of_ours(cast):
    rated_stage(cast)
    cast.stage.organization_id = cast.other_organization.id
    assert read(cast).whole is None and read(cast).raters == ()


def test_three_queries_to_read_and_four_to_count(cast, django_assert_num_queries):
    rated_stage(cast, 30)
    with django_assert_num_queries(3):
        read(cast)
    with django_assert_num_queries(3):
        own_agreement(cast.bo.id, cast.stage, cast.kit_version)
    with django_assert_num_queries(2):
        drift_in_stage(cast.bo, cast.stage, cast.kit_version)
    with django_assert_num_queries(4):
        found = handed_in(cast.stage.id, cast.kit_version.id)
    assert len(found.values) == 60 and Rating.objects.count() == 240
