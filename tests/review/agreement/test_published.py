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


HAYES_AND_KRIPPENDORFF = """
    112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111.
    .100. 0000. 1222. 33223 111.1 111.1 212.2 1233. 1101. 000.0
    0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2
    110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1
"""
"""Hayes & Krippendorff (2007), Communication Methods and Measures 1, 77–89, table 1: 40 articles by five observers."""

ANXIETY = np.array(
    [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ],
    dtype=float,
).T
"""The example of R's package irr (Gamer, Lemon, Fellows & Singh): 20 people by three raters."""


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


def test_hayes_and_krippendorff_2007():
    rows = HAYES_AND_KRIPPENDORFF.split()
    table = np.array([[GAP if given == "." else float(given) for given in row] for row in rows])
    assert table.shape == (40, 5)
    assert f"{alpha(table):.4f}" == "0.7598"
    assert f"{alphas(table, np.ones((1, 40)))[0]:.4f}" == "0.7598"


def test_the_manual_of_irr():
    squares = mean_squares(ANXIETY)
    assert f"{two_way(squares).single:.3f}" == "0.198"
    assert f"{squares.between / squares.rest:.2f}" == "1.83"


@pytest.mark.parametrize(("raters", "mean"), [(1, "0.44"), (2, "0.61"), (3, "0.70"), (4, "0.76"), (5, "0.80")])
def test_spearman_and_brown_as_docs_explanation_rating_has_it(raters, mean):
    assert f"{stepped_up(0.44, raters):.2f}" == mean


def test_spearman_and_brown_on_shrout_and_fleiss():
    """ICC(1,k) is ICC(1,1) stepped up, as they say on page 426."""
    coefficients = one_way(mean_squares(SHROUT_AND_FLEISS))
    assert stepped_up(float(coefficients.single), 4) == pytest.approx(float(coefficients.average))
    needed = raters_needed(float(coefficients.single))
    assert stepped_up(float(coefficients.single), needed) >= 0.8 > stepped_up(float(coefficients.single), needed - 1)
