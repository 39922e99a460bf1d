"""The rule by which ratings become one figure."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bothways.review.combination import Asked, Combined, combine, wants_third

FOUR = [Asked(1, "clear", 1), Asked(2, "kind", 1), Asked(3, "kind", 1), Asked(4, "calm", 1)]


def of(*scorecards: Sequence[int], asked: Sequence[Asked] = FOUR) -> Combined:
    """Scorecards with a value for each question; 0 is "not enough evidence"."""
    return combine(
        asked,
        [
            (n, one.place, value)
            for n, card in enumerate(scorecards)
            for one, value in zip(asked, card, strict=True)
            if value
        ],
    )


def test_raters_first_then_answers_then_competencies():
    figures = of((5, 4, 2, 1), (4, 4, 3, 1))
    assert {place: column.mean for place, column in figures.columns.items()} == {1: 4500, 2: 3250, 4: 1000}
    assert (figures.mean, figures.lowest, figures.highest, figures.competencies) == (2917, 1000, 4500, 3)
    assert (figures.columns[2].raters, figures.columns[2].spread, figures.spread) == (2, 1, 1)


def test_the_kit_says_what_counts_how_much():
    weighed = [Asked(1, "clear", 3), Asked(2, "kind", 1)]
    assert of((5, 1), asked=weighed).mean == 4000
    assert of((5, 1), asked=[Asked(1, "clear", 7), Asked(2, "kind", 7)]).mean == 3000


def test_what_has_no_evidence_is_left_out_with_its_weight():
    weighed = [Asked(1, "clear", 9), Asked(2, "kind", 1), Asked(3, "calm", 1)]
    figures = of((0, 2, 4), (0, 0, 5), asked=weighed)
    assert (figures.mean, figures.competencies) == (3250, 2)
    assert (figures.columns[1].mean, figures.columns[1].raters, figures.columns[2].raters) == (None, 0, 1)


def test_nobody_found_anything():
    figures = of((0, 0, 0, 0))
    assert (figures.mean, figures.lowest, figures.highest, figures.competencies, figures.spread) == (
        None,
        None,
        None,
        0,
        0,
    )


def test_equal_is_equal_however_it_came_about():
    """Thirds and sixths in floating point would differ in their last digit."""
    asked = [Asked(1, "a", 1), Asked(2, "b", 1), Asked(3, "c", 1)]
    assert of((5, 4, 2), asked=asked).mean == of((2, 5, 4), asked=asked).mean == of((4, 2, 5), asked=asked).mean


def test_a_third_rater_is_wanted_where_two_disagree():
    assert wants_third(2, 2, ["hold", "hold"]) and wants_third(2, 0, ["advance", "decline"])
    assert not wants_third(2, 1, ["advance", "hold"])
    assert not wants_third(3, 4, ["advance", "decline", "hold"]) and not wants_third(1, 0, ["advance"])


cards = st.lists(st.tuples(*[st.integers(0, 5)] * 4), min_size=1, max_size=5)
weights = st.lists(st.integers(1, 100), min_size=3, max_size=3)


def kit(weights: Sequence[int]) -> list[Asked]:
    clear, kind, calm = weights
    return [Asked(1, "clear", clear), Asked(2, "kind", kind), Asked(3, "kind", kind), Asked(4, "calm", calm)]


@given(cards, weights, st.randoms(use_true_random=False))
def test_the_order_of_scorecards_does_not_matter(scorecards, weights, random):
    shuffled = random.sample(scorecards, len(scorecards))
    assert of(*scorecards, asked=kit(weights)) == of(*shuffled, asked=kit(weights))


@given(cards, weights)
def test_the_mean_lies_between_the_lowest_and_the_highest_competency(scorecards, weights):
    figures = of(*scorecards, asked=kit(weights))
    if figures.mean is not None:
        found = [figures.lowest, figures.mean, figures.highest]
        assert all(one <= other for one, other in pairwise(found)) and figures.lowest >= 1000


@given(cards, weights, st.integers(2, 9))
def test_only_the_proportion_of_weights_counts(scorecards, weights, times):
    assert of(*scorecards, asked=kit(weights)) == of(*scorecards, asked=kit([times * one for one in weights]))
