"""How far a figure would move if other candidates had come: resampling of targets, percentiles of what comes out.

Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13. The seed is fixed, so that the same ratings
give the same interval to everybody who looks.
"""

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from bothways.review.agreement.table import Table

Numbers = npt.NDArray[np.float64]
Weights = npt.NDArray[np.int64]
Interval = tuple[float, float]

RESAMPLES = 1000
SEED = 1979
CHUNK = 250
"""Resamples at a time: of 5,000 targets 10 MB."""

ENOUGH = 0.9
"""The share of resamples that must have a figure. With fewer, an interval would describe luck."""


def resampled(table: Table, figures: Callable[[Table, Weights], Iterable[Numbers]]) -> list[Interval | None]:
    """The interval of each of the figures that are made from a table with weights, shape (resamples, rows).

    Rows that are the same are drawn together, which changes nothing but the time it takes.
    """
    rows, often = _distinct(table)
    chance = np.random.default_rng(SEED)
    drawn = [
        list(figures(rows, chance.multinomial(len(table), often / len(table), size=CHUNK)))
        for _ in range(RESAMPLES // CHUNK)
    ]
    return [interval(np.concatenate(chunks)) for chunks in zip(*drawn, strict=True)]


def _distinct(table: Table) -> tuple[Table, npt.NDArray[np.int64]]:
    """The different rows in a fixed order, and how often each is there."""
    gap = -np.inf  # NaN is never equal to itself
    rows, often = np.unique(np.where(np.isnan(table), gap, table), axis=0, return_counts=True)
    return np.where(rows == gap, np.nan, rows), often


def interval(figures: Numbers) -> Interval | None:
    """The middle 95 % of the figures of all resamples. None where too few resamples have one."""
    known = figures[np.isfinite(figures)]
    if known.size < ENOUGH * figures.size:
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
