import pytest

from bothways.kits.models import Competency
from bothways.review.models import Decision
from bothways.review.queries.comparing import compare
from tests.factories import make_submitted_interview
from tests.factories.review import rate


@pytest.fixture
def rafael(cast):
    return cast.actor(cast.rafael)


def only_row(cast, actor):
    [row] = compare(actor, cast.stage, cast.kit_version).rows
    return row


def test_a_cell_has_its_mean_its_raters_and_how_far_they_are_apart(cast, rafael, interview):
    rate(cast.bo, interview, (4, 2, 3, 0))
    rate(cast.ines, interview, (5, 4, 0, 0))
    first, second, third, fourth = only_row(cast, rafael).cells
    assert (first.mean, first.raters, first.spread, first.is_far_apart, first.level) == (4.5, 2, 1, False, 5)
    assert (second.mean, second.spread, second.is_far_apart) == (3.0, 2, True)
    assert (third.mean, third.raters, third.spread) == (3.0, 1, 0)
    assert (fourth.mean, fourth.raters, fourth.level) == (None, 0, None)
    assert [mark.value for mark in third.marks] == [3, None]


def test_the_overall_mean_weighs_competencies_equally_not_questions(cast, rafael, interview):
    kindness = Competency.objects.create(organization=cast.organization, name="Kindness")
    last = cast.kit_version.questions.last()
    last.competency = kindness
    last.save()
    rate(cast.bo, interview, (5, 5, 5, 1))
    overall = only_row(cast, rafael).overall
    assert (overall.mean, overall.lowest, overall.highest) == (3.0, 1.0, 5.0)
    assert (overall.competencies, overall.of_competencies, overall.raters) == (2, 2, 1)


def test_a_competency_without_evidence_is_left_out_and_told(cast, rafael, interview):
    kindness = Competency.objects.create(organization=cast.organization, name="Kindness")
    last = cast.kit_version.questions.last()
    last.competency = kindness
    last.save()
    rate(cast.bo, interview, (4, 4, 4, 0))
    overall = only_row(cast, rafael).overall
    assert (overall.mean, overall.competencies, overall.of_competencies) == (4.0, 1, 2)


def test_the_recommendation_is_never_in_the_sum(cast, rafael, interview):
    rate(cast.bo, interview, (4, 4, 4, 4), recommendation="decline")
    assert only_row(cast, rafael).overall.mean == 4.0


def test_a_draft_is_nobodys_business(cast, rafael, interview):
    rate(cast.bo, interview, (4, 4, 4, 4)).ratings.update(value=1)
    type(interview.scorecards.get()).objects.update(submitted_at=None)
    comparison = compare(rafael, cast.stage, cast.kit_version)
    assert comparison.rows == () and comparison.waiting == 1


def test_raters_see_only_where_their_own_scorecard_is_in(cast, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.ines, interview, (1, 1, 1, 1))
    rate(cast.ines, other, (1, 1, 1, 1))
    rate(cast.bo, other, (5, 5, 5, 5))
    comparison = compare(cast.actor(cast.bo), cast.stage, cast.kit_version)
    assert [row.interview.id for row in comparison.rows] == [other.id]
    assert comparison.closed == 1


def test_names_come_with_the_final_decision(cast, rafael, interview):
    rate(cast.bo, interview, (3, 3, 3, 3))
    assert only_row(cast, rafael).name == interview.code_name
    decision = Decision.objects.create(
        organization=cast.organization, interview=interview, outcome="hold", reason="x", decided_by=cast.ada
    )
    assert only_row(cast, rafael).name_hidden
    decision.outcome = "advance"
    decision.save()
    assert only_row(cast, rafael).name == "Dee Okafor"


def test_eight_queries_whatever_the_number(cast, rafael, django_assert_num_queries):
    for number in range(8):
        person = make_submitted_interview(cast.stage, cast.kit_version, f"P{number} X")
        rate(cast.bo, person, (3, 4, 5, number % 5))
        rate(cast.ines, person, (3, 4, 5, 1))
    with django_assert_num_queries(8):
        comparison = compare(rafael, cast.stage, cast.kit_version)
    means = [row.overall.mean for row in comparison.rows]
    assert len(means) == 8 and means == sorted(means, reverse=True)
