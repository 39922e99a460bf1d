"""What is kept of handed-in scorecards for sorting and filtering."""

import importlib
from pathlib import Path

import pytest
from django.apps import apps

from bothways.interviews.models import Interview
from bothways.kits.models import Competency, CompetencyWeight
from bothways.review import migrations
from bothways.review.actions.rating_changes import change_rating
from bothways.review.actions.retention import _erase_scorecards
from bothways.review.actions.scorecards import Draft, keep_rating
from bothways.review.actions.summaries import summarize
from bothways.review.models import Rating, RatingChange, Scorecard, Summary, SummaryCell
from tests.factories import Cast
from tests.factories.review import rate


@pytest.fixture
def two_things(cast: Cast) -> None:
    """The last question looks for kindness, which weighs three times as much."""
    kindness = Competency.objects.create(organization=cast.organization, name="Kindness")
    cast.kit_version.questions.filter(place=4).update(competency=kindness)
    CompetencyWeight.objects.create(
        organization=cast.organization, kit_version=cast.kit_version, competency=kindness, weight=3
    )


def kept() -> tuple:
    """Everything of the only summary but its identifiers."""
    names = ("mean", "lowest", "highest", "competencies", "raters", "first_spread", "advances", "holds", "declines")
    [summary] = Summary.objects.all()
    cells = summary.cells.order_by("place").values_list("place", "mean", "raters", "spread")
    return *(getattr(summary, name) for name in names), summary.needs_third, list(cells)


def test_handing_in_sums_up_and_a_draft_does_not(cast: Cast, interview: Interview, two_things: None) -> None:
    question = cast.kit_version.questions.first()
    keep_rating(actor=cast.actor(cast.bo), interview=interview, question_id=question.id, draft=Draft(5, ""))
    assert not Summary.objects.exists()
    rate(cast.bo, interview, (4, 2, 3, 5))
    assert kept() == (4500, 3000, 5000, 2, 1, 0, 1, 0, 0, False, [(1, 3000, 1, 0), (4, 5000, 1, 0)])
    rate(cast.ines, interview, (4, 4, 0, 1), recommendation="decline")
    assert kept() == (3083, 3000, 3333, 2, 2, 4, 1, 0, 1, True, [(1, 3333, 2, 2), (4, 3000, 2, 4)])


def test_the_order_of_handing_in_leaves_the_same(cast: Cast, interview: Interview, two_things: None) -> None:
    rate(cast.ines, interview, (4, 4, 0, 1), recommendation="decline")
    rate(cast.bo, interview, (4, 2, 3, 5))
    assert kept() == (3083, 3000, 3333, 2, 2, 4, 1, 0, 1, True, [(1, 3333, 2, 2), (4, 3000, 2, 4)])


def test_it_can_be_made_anew_as_often_as_one_likes(cast: Cast, interview: Interview) -> None:
    rate(cast.bo, interview, (4, 2, 3, 0))
    once = kept()
    assert summarize(interview) == summarize(interview)
    assert kept() == once and SummaryCell.objects.count() == 1


def change(cast: Cast, interview: Interview, place: int, value: int) -> None:
    question = cast.kit_version.questions.get(place=place)
    change_rating(
        actor=cast.actor(cast.bo), interview=interview, question_id=question.id, value=value, reason="Heard it again."
    )


def test_what_was_changed_after_handing_in_is_taken_up_and_marked(
    cast: Cast, interview: Interview, two_things: None
) -> None:
    rate(cast.bo, interview, (4, 4, 4, 4))
    change(cast, interview, 1, 1)
    assert kept() == (3750, 3000, 4000, 2, 1, 0, 1, 0, 0, False, [(1, 3000, 1, 0), (4, 4000, 1, 0)])
    assert list(SummaryCell.objects.order_by("place").values_list("place", "is_changed")) == [(1, True), (4, False)]
    change(cast, interview, 4, 0)
    assert kept()[:4] == (3000, 3000, 3000, 1)


def test_a_change_makes_neither_agreement_nor_disagreement(cast: Cast, interview: Interview) -> None:
    rate(cast.bo, interview, (5, 3, 0, 3))
    rate(cast.ines, interview, (2, 3, 1, 3))
    change(cast, interview, 1, 2)
    summary = Summary.objects.get()
    assert (summary.first_spread, summary.needs_third, summary.cells.get().spread) == (3, True, 0)
    Scorecard.objects.filter(member=cast.ines).update(recommendation="advance")
    Rating.objects.filter(question__place=1).update(value=2)
    RatingChange.objects.all().delete()
    change(cast, interview, 3, 5)
    summary = Summary.objects.get()
    assert (summary.first_spread, summary.needs_third, summary.cells.get().spread) == (0, False, 4)


def test_nothing_is_left_when_the_scorecards_are_erased(cast: Cast, interview: Interview) -> None:
    rate(cast.bo, interview, (4, 4, 4, 4))
    _erase_scorecards(interview)
    assert not Summary.objects.exists() and not SummaryCell.objects.exists() and not Rating.objects.exists()


def test_the_migration_sums_up_what_is_there_as_the_verb_would(cast: Cast, interview: Interview) -> None:
    rate(cast.bo, interview, (4, 2, 3, 0))
    rate(cast.ines, interview, (5, 4, 0, 0), recommendation="decline")
    for value in (0, 5):
        change(cast, interview, 2, value)
    change(cast, interview, 4, 3)
    change(cast, interview, 3, 0)
    by_the_verb = kept()
    assert by_the_verb[0] == 4000 and by_the_verb[5] == 2 and SummaryCell.objects.get().is_changed
    Summary.objects.all().delete()
    [name] = [file.stem for file in Path(migrations.__file__).parent.glob("*_summaries.py")]
    importlib.import_module(f"bothways.review.migrations.{name}").fill(apps, None)
    assert kept() == by_the_verb and SummaryCell.objects.get().is_changed
