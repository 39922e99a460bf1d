"""Krippendorff's alpha for ordered values. Gaps are allowed, and any number of raters.

Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability". The number itself comes from the package of that
name; resamples are counted here, because the package takes one table at a time. The tests hold the two together.
"""

import krippendorff
import numpy as np
import numpy.typing as npt

from bothways.review.agreement.table import Table, counts


def alpha(table: Table) -> float:
    """Ordinal alpha of a table (targets, raters). NaN when all ratings that can be paired are the same, or none can."""
    paired = table[counts(table) >= 2]
    if np.unique(paired[~np.isnan(paired)]).size < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=paired.T, level_of_measurement="ordinal"))


def alphas(table: Table, weights: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Ordinal alpha for each resample. `weights`, shape (resamples, targets), says how often each target counts."""
    paired = counts(table) >= 2
    rated = ~np.isnan(table[paired])
    values, flat = np.unique(table[paired][rated], return_inverse=True)
    places = np.zeros(rated.shape, dtype=np.int64)
    places[rated] = flat
    given = np.stack([((places == place) & rated).sum(axis=1) for place in range(values.size)], axis=1)
    return np.array([_alpha(places, rated, given, often) for often in np.asarray(weights)[:, paired]])


def _alpha(
    places: npt.NDArray[np.int64],
    rated: npt.NDArray[np.bool_],
    given: npt.NDArray[np.int64],
    often: npt.NDArray[np.int64],
) -> float:
    """1 - observed / expected disagreement. `places` are ranks of the values that were `rated`; `given` counts them."""
    total = often @ given
    # The distance of two values is the number of ratings from the middle of the one to the middle of the other.
    middle = np.cumsum(total) - (total + total.sum()) / 2
    at = np.where(rated, middle[places], 0.0)
    many = rated.sum(axis=1)
    # Of all ordered pairs: twice the sum of (a - b)² is what the squares say, without walking through the pairs.
    observed = often @ ((many * (at**2).sum(axis=1) - at.sum(axis=1) ** 2) / (many - 1))
    expected = total.sum() * (total @ middle**2) - (total @ middle) ** 2
    return float(1 - (total.sum() - 1) * observed / expected) if expected > 0 else float("nan")
