"""What was given to a few people, beside one another."""

import pytest

from bothways.kits.models import KitVersion
from bothways.review.models import Decision
from bothways.review.queries.comparing import Side, side_by_side
from tests.factories import make_submitted_interview
from tests.factories.review import rate


@pytest.fixture
def rafael(cast):
    return cast.actor(cast.rafael)


def sides(cast, actor, place: int, *interviews) -> list[Side]:
    version: KitVersion = cast.kit_version
    question = version.questions.select_related("competency").get(place=place)
    return side_by_side(actor, cast.stage, version, question, [interview.id for interview in interviews])


def cell(cast, actor, place, interview):
    [side] = sides(cast, actor, place, interview)
    return side.cell


def test_a_cell_has_its_mean_its_raters_and_how_far_they_are_apart(cast, rafael, interview):
    rate(cast.bo, interview, (4, 2, 3, 0))
    rate(cast.ines, interview, (5, 4, 0, 0))
    first, second, third, fourth = (cell(cast, rafael, place, interview) for place in (1, 2, 3, 4))
    assert (first.mean, first.raters, first.spread, first.is_far_apart) == (4.5, 2, 1, False)
    assert (second.mean, second.spread, second.is_far_apart) == (3.0, 2, True)
    assert (third.mean, third.raters, third.spread) == (3.0, 1, 0)
    assert (fourth.mean, fourth.raters) == (None, 0)
    assert [mark.value for mark in third.marks] == [3, None]


def test_people_stand_in_the_order_in_which_they_were_picked(cast, rafael, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.bo, interview, (1, 1, 1, 1))
    assert [side.interview for side in sides(cast, rafael, 1, other, interview, other)] == [other, interview]
    assert [len(side.scorecards) for side in sides(cast, rafael, 1, other, interview)] == [0, 1]


def test_a_draft_is_nobodys_business(cast, rafael, interview):
    scorecard = rate(cast.bo, interview, (4, 4, 4, 4))
    type(scorecard).objects.update(submitted_at=None)
    [side] = sides(cast, rafael, 1, interview)
    assert side.scorecards == () and side.cell.marks == ()


def test_raters_see_only_where_their_own_scorecard_is_in(cast, interview):
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Other")
    rate(cast.ines, interview, (1, 1, 1, 1))
    rate(cast.ines, other, (1, 1, 1, 1))
    rate(cast.bo, other, (5, 5, 5, 5))
    assert [side.interview for side in sides(cast, cast.actor(cast.bo), 1, interview, other)] == [other]
    assert sides(cast, cast.actor(cast.cleo), 1, interview, other) == []


def test_names_come_with_the_final_decision(cast, rafael, interview):
    rate(cast.bo, interview, (3, 3, 3, 3))
    [side] = sides(cast, rafael, 1, interview)
    assert (side.name, side.name_hidden) == (interview.code_name, True)
    decision = Decision.objects.create(
        organization=cast.organization, interview=interview, outcome="hold", reason="x", decided_by=cast.ada
    )
    assert sides(cast, rafael, 1, interview)[0].name_hidden
    decision.outcome = "advance"
    decision.save()
    assert sides(cast, rafael, 1, interview)[0].name == "Dee Okafor"


def test_queries_do_not_grow_with_the_people(cast, rafael, django_assert_num_queries):
    people = []
    question = cast.kit_version.questions.select_related("competency").get(place=1)
    for count in (1, 4):
        while len(people) < count:
            people.append(make_submitted_interview(cast.stage, cast.kit_version, f"P{len(people)} X"))
            rate(cast.bo, people[-1], (3, 4, 5, 1))
            rate(cast.ines, people[-1], (3, 4, 5, 1))
        ids = [interview.id for interview in people]
        with django_assert_num_queries(9):
            assert len(side_by_side(rafael, cast.stage, cast.kit_version, question, ids)) == count
