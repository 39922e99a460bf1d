"""Krippendorff's alpha for ordered values. Gaps are allowed, and any number of raters.

Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability". The number itself comes from the package of that
name; resamples are counted here, because the package takes one table at a time. The tests hold the two together.
"""

import krippendorff
import numpy as np
import numpy.typing as npt

from bothways.review.agreement.table import Table, counts

Numbers = npt.NDArray[np.float64]

AT_ONCE = 1_000_000
"""Numbers of a table times resamples at a time: 8 MB for each step of the way."""


def alpha(table: Table) -> float:
    """Ordinal alpha of a table (targets, raters). NaN when all ratings that can be paired are the same, or none can."""
    paired = table[counts(table) >= 2]
    if np.unique(paired[~np.isnan(paired)]).size < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=paired.T, level_of_measurement="ordinal"))


def alphas(table: Table, weights: npt.ArrayLike) -> Numbers:
    """Ordinal alpha for each resample. `weights`, shape (resamples, targets), says how often each target counts."""
    paired = counts(table) >= 2
    rated = ~np.isnan(table[paired])
    often = np.asarray(weights, dtype=np.float64)[:, paired]
    values, flat = np.unique(table[paired][rated], return_inverse=True)
    places = np.zeros(rated.shape, dtype=np.int64)
    places[rated] = flat
    given = np.stack([((places == place) & rated).sum(axis=1) for place in range(values.size)], axis=1)
    at_once = max(1, AT_ONCE // rated.size)
    parts = [often[start : start + at_once] for start in range(0, len(often), at_once)]
    return np.concatenate([_alphas(places, rated, given, part) for part in parts])


def _alphas(
    places: npt.NDArray[np.int64], rated: npt.NDArray[np.bool_], given: npt.NDArray[np.int64], often: Numbers
) -> Numbers:
    """1 - observed / expected disagreement. `places` are ranks of the values that were `rated`; `given` counts them."""
    total = often @ given
    ratings = total.sum(axis=1)
    # The distance of two values is the number of ratings from the middle of the one to the middle of the other.
    middle = np.cumsum(total, axis=1) - (total + ratings[:, None]) / 2
    at = np.where(rated, middle[:, places], 0.0)
    many = rated.sum(axis=1)
    # Of all ordered pairs: twice the sum of (a - b)² is what the squares say, without walking through the pairs.
    observed = (often * ((many * (at**2).sum(axis=2) - at.sum(axis=2) ** 2) / (many - 1))).sum(axis=1)
    expected = ratings * (total * middle**2).sum(axis=1) - (total * middle).sum(axis=1) ** 2
    some = expected > 0
    return np.where(some, 1 - (ratings - 1) * observed / np.where(some, expected, 1.0), np.nan)
