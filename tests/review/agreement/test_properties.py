"""What holds for every table, whatever stands in it."""

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bothways.review.agreement.alpha import alpha, alphas
from bothways.review.agreement.figures import FEWEST, Figure, Figures, Reason, figures_of
from bothways.review.agreement.icc import mean_squares, one_way, two_way
from bothways.review.agreement.raters_needed import raters_needed, stepped_up
from bothways.review.agreement.table import crossed, doubly_rated, evenly_rated, table_of

RATING = st.integers(1, 5).map(float)
OR_NONE = st.one_of(RATING, RATING, st.just(np.nan))
UNHURRIED = settings(deadline=None, max_examples=50)
"""Each of these makes a thousand resamples of every table, and nothing may depend on how fast."""

FIGURES = ("alpha", "icc_1_1", "icc_1_k", "icc_2_1", "icc_2_k")


@st.composite
def tables(draw, cell=OR_NONE, fewest=0, most=25):
    targets, raters = draw(st.integers(fewest, most)), draw(st.integers(1, 4))
    return np.array(draw(st.lists(cell, min_size=targets * raters, max_size=targets * raters))).reshape(targets, raters)


@st.composite
def full_tables(draw):
    targets, raters = draw(st.integers(2, 20)), draw(st.integers(2, 4))
    cells = draw(st.lists(RATING, min_size=targets * raters, max_size=targets * raters))
    return np.array(cells).reshape(targets, raters)


def values(figures: Figures) -> list[float | Reason | None]:
    found: list[Figure] = [getattr(figures, name) for name in FIGURES]
    return [figure.reason if figure.value is None else pytest.approx(figure.value, abs=1e-9) for figure in found]


@UNHURRIED
@given(tables())
def test_a_figure_is_a_number_with_its_interval_around_or_a_reason(table):
    figures = figures_of(table)
    for name in FIGURES:
        figure = getattr(figures, name)
        assert (figure.value is None) == (figure.reason is not None)
        assert figure.value is None or figure.value <= 1 + 1e-9
        if figure.low is not None:
            assert figure.low <= figure.high <= 1 + 1e-9
    assert Figures.from_json(figures.as_json()) == figures


@UNHURRIED
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_candidates_plays_no_part_at_all(table, chance):
    order = list(range(len(table)))
    chance.shuffle(order)
    first, second = figures_of(table), figures_of(table[order])
    assert values(first) == values(second)
    assert [getattr(first, name).low for name in FIGURES] == pytest.approx(
        [getattr(second, name).low for name in FIGURES], abs=1e-9
    )


@UNHURRIED
@given(full_tables(), st.randoms(use_true_random=False))
def test_the_order_of_raters_changes_no_number(table, chance):
    order = list(range(table.shape[1]))
    chance.shuffle(order)
    assert values(figures_of(table)) == values(figures_of(table[:, order]))


@UNHURRIED
@given(tables(), st.integers(0, 3))
def test_who_is_rated_once_or_never_adds_nothing(table, more):
    lonely = np.full((more, table.shape[1]), np.nan)
    lonely[:, 0] = 3.0
    never = np.full((1, table.shape[1]), np.nan)
    assert figures_of(np.vstack([table, lonely, never])) == figures_of(table)


@settings(deadline=None)
@given(full_tables())
def test_perfect_agreement_is_one(table):
    same = np.repeat(table[:, :1], 2, axis=1)
    assume(np.unique(same).size > 1)
    squares = mean_squares(same)
    for coefficients in (one_way(squares), two_way(squares)):
        assert float(coefficients.single) == pytest.approx(1) == float(coefficients.average)
    assert alpha(same) == pytest.approx(1)


@settings(deadline=None)
@given(full_tables(), st.integers(1, 3))
def test_a_harder_rater_lowers_agreement(table, harder):
    """Absolute agreement: a constant between raters counts."""
    same = np.repeat(table[:, :1], 2, axis=1)
    assume(np.unique(same).size > 1)
    apart = same + np.array([0, harder])
    assert float(two_way(mean_squares(apart)).single) < 1
    assert float(one_way(mean_squares(apart)).single) < 1


@settings(deadline=None)
@given(full_tables(), st.integers(2, 4))
def test_the_mean_of_k_is_one_rating_stepped_up(table, times):
    coefficients = one_way(mean_squares(table))
    single, average = float(coefficients.single), float(coefficients.average)
    assume(not np.isnan(single) and not np.isnan(average))
    assert stepped_up(single, table.shape[1]) == pytest.approx(average, abs=1e-6, rel=1e-6)


@settings(deadline=None)
@given(full_tables(), st.lists(st.integers(0, 3), min_size=20, max_size=20))
def test_a_weight_counts_a_row_as_often(table, often):
    """Resampling by weights is resampling by rows."""
    weights = np.array(often[: len(table)])
    repeated = np.repeat(table, weights, axis=0)
    assume(len(repeated) >= 2)
    weighted, plain = mean_squares(table, weights[None, :]), mean_squares(repeated)
    for name in ("between", "within", "raters", "rest"):
        assert float(getattr(weighted, name)[0]) == pytest.approx(float(getattr(plain, name)), abs=1e-8)
    assert alphas(table, weights[None, :])[0] == pytest.approx(alpha(repeated), nan_ok=True)


@settings(deadline=None)
@given(tables(fewest=2))
def test_our_count_for_resamples_is_the_packages(table):
    pairs = doubly_rated(table)
    assume(np.unique(pairs[~np.isnan(pairs)]).size > 1)
    theirs = krippendorff.alpha(reliability_data=pairs.T, level_of_measurement="ordinal")
    assert alphas(table, np.ones((1, len(table))))[0] == pytest.approx(theirs)


@settings(deadline=None)
@given(st.floats(0.01, 0.99), st.floats(0.5, 0.95))
def test_so_many_raters_reach_it_and_one_fewer_does_not(single, wanted):
    needed = raters_needed(single, wanted)
    assert stepped_up(single, needed) >= wanted - 1e-6
    assert needed == 1 or stepped_up(single, needed - 1) < wanted


@settings(deadline=None)
@given(st.floats(-1, 0))
def test_without_agreement_no_number_of_raters_is_enough(single):
    assert raters_needed(single) is None


@UNHURRIED
@given(st.integers(0, FEWEST - 1), st.data())
def test_under_ten_doubly_rated_there_are_words(many, data):
    cells = data.draw(st.lists(RATING, min_size=many * 2, max_size=many * 2))
    figures = figures_of(np.array(cells).reshape(many, 2))
    assert figures.reason == (Reason.TOO_FEW if many else Reason.NOT_TWICE)
    assert values(figures) == [figures.reason] * 5


@UNHURRIED
@given(RATING, st.integers(FEWEST, 20))
def test_always_the_same_gives_words(value, many):
    assert values(figures_of(np.full((many, 3), value))) == [Reason.ALL_THE_SAME] * 5


def test_one_rater_alone_gives_words():
    assert figures_of(np.array([[1.0], [5.0]] * 8)).reason == Reason.NOT_TWICE


def test_raters_who_take_turns_have_no_two_way_figure():
    """Six raters, each candidate by another two: whom they stand for plays no part in ICC(1,·)."""
    table = np.full((12, 6), np.nan)
    for target in range(12):
        table[target, [target % 6, (target + 1) % 6]] = [target % 5 + 1, (target + target // 7) % 5 + 1]
    figures = figures_of(table)
    assert figures.icc_1_1.value is not None and (figures.icc_1_1.targets, figures.icc_1_1.raters) == (12, 2)
    assert figures.icc_2_1.reason == Reason.NOT_CROSSED


def test_candidates_who_do_not_differ_have_no_reliable_mean():
    figures = figures_of(np.tile([[1.0, 5.0], [5.0, 1.0]], (6, 1)))
    assert figures.icc_1_k.reason == figures.icc_2_k.reason == Reason.TARGETS_ALIKE
    assert figures.icc_1_1.value == pytest.approx(-1)


def test_with_an_uneven_number_of_ratings_the_most_frequent_one_counts():
    table = np.array([[1, 2, np.nan]] * 4 + [[3, 4, 5]] * 3 + [[np.nan, np.nan, 1]] * 5, dtype=float)
    assert evenly_rated(table).tolist() == [[1, 2]] * 4
    assert crossed(table).tolist() == [[1, 2]] * 4 + [[3, 4]] * 3
    assert len(doubly_rated(table)) == 7


def test_a_table_has_a_row_for_each_candidate_and_a_column_for_each_rater():
    table = table_of({("Heron", "Bo"): 4, ("Heron", "Inês"): 5, ("Wren", "Inês"): 2})
    assert np.array_equal(table, [[4, 5], [np.nan, 2]], equal_nan=True)
    assert table_of({}).shape == (0, 0)
