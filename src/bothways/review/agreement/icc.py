"""Intraclass correlations from the mean squares of an analysis of variance, targets by raters.

Shrout & Fleiss (1979), Psychological Bulletin 86, 420–428, with their names; McGraw & Wong (1996), Psychological
Methods 1, 30–46, call ICC(1,·) the one-way random model and ICC(2,·) the two-way random model, absolute agreement.

- ICC(1,1), ICC(1,k): each target has k ratings, by whomever. Who rated which target plays no part.
- ICC(2,1), ICC(2,k): the same k raters rated all targets, and stand for other raters one might have asked.

With 1, how far a single rating is that of the target; with k, how far the mean of k ratings is.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bothways.review.agreement.table import Table

Numbers = npt.NDArray[np.float64]

ALMOST_NOTHING = 1e-9
"""Mean squares of ratings from 1 to 5 that are smaller than this are zero but for rounding."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """`single` for one rating, `average` for the mean of k. NaN where the formula divides by nothing."""

    single: Numbers
    average: Numbers


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Between targets, within targets, between raters, and what is left; of `targets` times `raters` ratings."""

    between: Numbers
    within: Numbers
    raters: Numbers
    rest: Numbers
    n: int
    k: int


def mean_squares(ratings: Table, weights: npt.ArrayLike | None = None) -> MeanSquares:
    """Of a table without gaps, shape (targets, raters), at least two by two.

    `weights`, shape (…, targets), says how often each target counts: one row for each resample of a bootstrap, each
    with the same sum. The mean squares have the shape of what stands before the targets.

    Raises:
        ValueError: fewer than two targets or raters, or a gap.
    """
    k = ratings.shape[1]
    often = np.ones(len(ratings)) if weights is None else np.asarray(weights, dtype=np.float64)
    n = round(float(often.reshape(-1, len(ratings))[0].sum())) if len(ratings) else 0
    if n < 2 or k < 2 or np.isnan(ratings).any():
        raise ValueError("Mean squares need two targets and two raters at least, and no gaps.")
    around = ratings - ratings.mean()
    of_target = around.mean(axis=1)
    inside = ((around - of_target[:, None]) ** 2).sum(axis=1)
    of_raters = often @ around / n
    grand = of_raters.mean(axis=-1)
    between = k * (often @ of_target**2 - n * grand**2)
    within = often @ inside
    raters = n * ((of_raters - grand[..., None]) ** 2).sum(axis=-1)
    return MeanSquares(
        between=_squares(between) / (n - 1),
        within=_squares(within) / (n * (k - 1)),
        raters=_squares(raters) / (k - 1),
        rest=_squares(within - raters) / ((n - 1) * (k - 1)),
        n=n,
        k=k,
    )


def one_way(squares: MeanSquares) -> Coefficients:
    """ICC(1,1) and ICC(1,k)."""
    over = squares.between - squares.within
    return Coefficients(
        single=_share(over, squares.between + (squares.k - 1) * squares.within),
        average=_share(over, squares.between),
    )


def two_way(squares: MeanSquares) -> Coefficients:
    """ICC(2,1) and ICC(2,k)."""
    over = squares.between - squares.rest
    harder = (squares.raters - squares.rest) / squares.n
    return Coefficients(
        single=_share(over, squares.between + (squares.k - 1) * squares.rest + squares.k * harder),
        average=_share(over, squares.between + harder),
    )


def _squares(summed: Numbers) -> Numbers:
    """A sum of squares, without what rounding leaves of nothing."""
    return np.where(np.abs(summed) < ALMOST_NOTHING, 0.0, summed)


def _share(part: Numbers, whole: Numbers) -> Numbers:
    """A negative or empty whole comes from targets that do not differ: then there is nothing to be a share of."""
    some = whole > ALMOST_NOTHING
    return np.where(some, part / np.where(some, whole, 1.0), np.nan)
