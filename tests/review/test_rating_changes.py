"""A rating changed after handing in: with a reason, both values kept, never silently."""

import pytest

from bothways.accounts.models import AuditEntry
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.models import StageReviewer
from bothways.review.actions.rating_changes import LONGEST_REASON, change_rating
from bothways.review.actions.retention import erase_due
from bothways.review.actions.scorecards import Draft, keep_rating
from bothways.review.models import Decision, Rating, RatingChange
from bothways.review.queries.comparing import side_by_side
from bothways.review.queries.scorecards import own_scorecard
from tests.factories import make_kit_version
from tests.factories.review import rate


@pytest.fixture
def bo(cast):
    return cast.actor(cast.bo)


@pytest.fixture
def question(cast):
    return cast.kit_version.questions.first()


def change(actor, interview, question, value, reason="Heard it again."):
    return change_rating(actor=actor, interview=interview, question_id=question.id, value=value, reason=reason)


def seen(cast, interview, question):
    return side_by_side(cast.actor(cast.rafael), cast.stage, cast.kit_version, question, [interview.id])


def decide(cast, interview, outcome):
    Decision.objects.create(
        organization=cast.organization, interview=interview, outcome=outcome, reason="x", decided_by=cast.ada
    )


def test_both_values_the_reason_and_who_are_kept(cast, bo, interview, question):
    rate(cast.bo, interview, (4, 3, 3, 3))
    made = change(bo, interview, question, 2, "  The second half says otherwise. ")
    assert (made.old_value, made.new_value, made.reason, made.changed_by) == (
        4, 2, "The second half says otherwise.", cast.bo
    )  # fmt: skip
    assert Rating.objects.get(question=question).value == 4
    entry = AuditEntry.objects.get(verb="rating.changed")
    assert entry.thing_id == str(made.rating_id)
    assert entry.detail == {"interview": str(interview.id), "question": str(question.id), "change": str(made.id)}


def test_a_second_change_starts_from_the_first(cast, bo, interview, question):
    rate(cast.bo, interview, (4, 3, 3, 3))
    change(bo, interview, question, 0)
    again = change(bo, interview, question, 5, "There was evidence after all.")
    assert (again.old_value, again.new_value) == (None, 5)
    assert [one.new_value for one in RatingChange.objects.all()] == [None, 5]


def test_sending_the_same_twice_changes_once(cast, bo, interview, question):
    rate(cast.bo, interview, (4, 3, 3, 3))
    assert change(bo, interview, question, 2) == change(bo, interview, question, 2)
    assert AuditEntry.objects.filter(verb="rating.changed").count() == 1
    with pytest.raises(Refused, match="same"):
        change(bo, interview, question, 2, "For another reason.")


@pytest.mark.parametrize(
    ("value", "reason", "code"),
    [(6, "x", "value"), (-1, "x", "value"), (None, "x", "value"), (2, "", "no_reason"), (2, " \n", "no_reason"),
     (2, "x" * (LONGEST_REASON + 1), "reason"), (4, "x", "same")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_changes(cast, bo, interview, question, value, reason, code):
    rate(cast.bo, interview, (4, 3, 3, 3))
    with pytest.raises(Refused) as caught:
        change(bo, interview, question, value, reason)
    assert caught.value.code == code
    assert not RatingChange.objects.exists()


def test_before_handing_in_a_rating_is_simply_changed(bo, interview, question):
    with pytest.raises(Refused, match="question"):
        change(bo, interview, question, 2)
    keep_rating(actor=bo, interview=interview, question_id=question.id, draft=Draft(4, ""))
    with pytest.raises(Refused, match="open"):
        change(bo, interview, question, 2)


def test_after_a_final_decision_ratings_stay(cast, bo, interview, question):
    rate(cast.bo, interview, (4, 3, 3, 3))
    decide(cast, interview, "hold")
    change(bo, interview, question, 3)
    decide(cast, interview, "decline")
    with pytest.raises(Refused, match="decided"):
        change(bo, interview, question, 2)
    assert RatingChange.objects.count() == 1


def test_only_the_own_rating_is_changed_by_who_still_rates(cast, bo, interview, question):
    rate(cast.bo, interview, (4, 3, 3, 3))
    with pytest.raises(Refused, match="question"):
        change(cast.actor(cast.ines), interview, question, 1)
    for member in (cast.ada, cast.rafael, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            change(cast.actor(member), interview, question, 1)
    with pytest.raises(Refused, match="question"):
        change(bo, interview, make_kit_version(cast.ada).questions.first(), 1)
    StageReviewer.objects.filter(member=cast.bo).delete()
    with pytest.raises(NotAllowed):
        change(bo, interview, question, 1)


def test_the_comparison_counts_what_stands_and_keeps_what_was_given_for_agreement(cast, bo, interview, question):
    rate(cast.bo, interview, (5, 3, 3, 3))
    rate(cast.ines, interview, (2, 3, 3, 3))
    change(bo, interview, question, 3)
    [side] = seen(cast, interview, question)
    cell = side.cell
    assert (cell.mean, cell.spread, cell.is_far_apart) == (2.5, 1, False)
    assert [(mark.value, mark.first_value) for mark in cell.marks] == [(3, 5), (2, 2)]
    assert [len(mark.changes) for mark in cell.marks] == [1, 0]
    assert cell.was_far_apart and side.needs_third


def test_evidence_found_later_counts_and_agreement_knows_nothing_of_it(cast, bo, interview, question):
    rate(cast.bo, interview, (0, 3, 3, 3))
    rate(cast.ines, interview, (1, 3, 3, 3))
    change(bo, interview, question, 4)
    [side] = seen(cast, interview, question)
    assert side.cell.is_far_apart and not side.cell.was_far_apart and not side.needs_third


def test_changes_are_read_in_one_query_more(cast, bo, interview, question, django_assert_num_queries):
    rate(cast.bo, interview, (5, 3, 3, 3))
    for value in (4, 3, 2):
        change(bo, interview, question, value)
    with django_assert_num_queries(4):
        mine = own_scorecard(bo, interview)
        values = [[one.new_value for one in rating.changes.all()] for _question, rating in mine.rows]
    assert values == [[4, 3, 2], [], [], []]


def test_changes_go_with_the_ratings(cast, bo, interview, question, in_days):
    rate(cast.bo, interview, (5, 3, 3, 3))
    change(bo, interview, question, 3)
    decide(cast, interview, "decline")
    erase_due(in_days(181))
    assert not RatingChange.objects.exists()
