"""Tables that stand in print, to the digits that stand there."""

import numpy as np
import pytest

from bothways.review.agreement.alpha import alpha, alphas
from bothways.review.agreement.icc import mean_squares, one_way, two_way
from bothways.review.agreement.raters_needed import raters_needed, stepped_up

SHROUT_AND_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)
"""Shrout & Fleiss (1979), table 2: six targets by four judges."""

GAP = np.nan
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T
"""Krippendorff (2011), section D: twelve units by four observers, with gaps."""


def test_shrout_and_fleiss_table_3_the_mean_squares():
    squares = mean_squares(SHROUT_AND_FLEISS)
    found = [squares.between, squares.within, squares.raters, squares.rest]
    assert [f"{value:.2f}" for value in found] == ["11.24", "6.26", "32.49", "1.02"]


def test_shrout_and_fleiss_table_4_the_coefficients():
    squares = mean_squares(SHROUT_AND_FLEISS)
    first, second = one_way(squares), two_way(squares)
    found = [first.single, second.single, first.average, second.average]
    assert [f"{value:.2f}" for value in found] == ["0.17", "0.29", "0.44", "0.62"]


def test_krippendorff_2011_ordinal():
    assert f"{alpha(KRIPPENDORFF):.3f}" == "0.815"
    assert f"{alphas(KRIPPENDORFF, np.ones((1, 12)))[0]:.3f}" == "0.815"


@pytest.mark.parametrize(("raters", "mean"), [(1, "0.44"), (2, "0.61"), (3, "0.70"), (4, "0.76"), (5, "0.80")])
def test_spearman_and_brown_as_docs_explanation_rating_has_it(raters, mean):
    assert f"{stepped_up(0.44, raters):.2f}" == mean


def test_spearman_and_brown_on_shrout_and_fleiss():
    """ICC(1,k) is ICC(1,1) stepped up, as they say on page 426."""
    coefficients = one_way(mean_squares(SHROUT_AND_FLEISS))
    assert stepped_up(float(coefficients.single), 4) == pytest.approx(float(coefficients.average))
    needed = raters_needed(float(coefficients.single))
    assert stepped_up(float(coefficients.single), needed) >= 0.8 > stepped_up(float(coefficients.single), needed - 1)
