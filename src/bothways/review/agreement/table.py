"""Ratings as a table: a row for each target (what was rated), a column for each rater, NaN where there is no number.

"Not enough evidence" is no number either: it says nothing about how good an answer was.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]
"""Shape (targets, raters)."""

Target = TypeVar("Target")
Rater = TypeVar("Rater")


def table_of(ratings: Mapping[tuple[Target, Rater], float]) -> Table:
    """The table of what each rater gave each target. Rows and columns stand in the order in which they come up."""
    rows = {target: at for at, target in enumerate(dict.fromkeys(target for target, _ in ratings))}
    columns = {rater: at for at, rater in enumerate(dict.fromkeys(rater for _, rater in ratings))}
    table = np.full((len(rows), len(columns)), np.nan)
    for (target, rater), value in ratings.items():
        table[rows[target], columns[rater]] = value
    return table


def counts(table: Table) -> npt.NDArray[np.int64]:
    """How many numbers each target has."""
    return (~np.isnan(table)).sum(axis=1)


def doubly_rated(table: Table) -> Table:
    """The targets with at least two numbers, without the raters who gave none of them any."""
    kept = table[counts(table) >= 2]
    return kept[:, ~np.isnan(kept).all(axis=0)] if kept.size else kept


def evenly_rated(table: Table) -> Table:
    """Targets that have the same number k of ratings, whoever gave them: shape (targets, k), no gaps.

    k is the number of ratings, from two on, that most targets have; of two equally frequent ones the smaller.
    """
    many = counts(table)
    frequent = Counter(int(count) for count in many if count >= 2)
    if not frequent:
        return np.empty((0, 0))
    k = min(frequent, key=lambda count: (-frequent[count], count))
    rows = table[many == k]
    return rows[~np.isnan(rows)].reshape(-1, k)


def crossed(table: Table) -> Table:
    """The raters who share most targets, and the targets that all of them rated: shape (targets, raters), no gaps.

    Looked for among the pairs of raters and the sets of raters that rated some target together. Of two sets that share
    equally many targets the larger one is taken.
    """
    rated = ~np.isnan(table)
    best: tuple[int, int] = (0, 0)
    chosen: npt.NDArray[np.int64] | None = None
    for raters in _sets(rated):
        shared = int(rated[:, raters].all(axis=1).sum())
        if (shared, len(raters)) > best:
            best, chosen = (shared, len(raters)), raters
    if chosen is None:
        return np.empty((0, 0))
    return table[rated[:, chosen].all(axis=1)][:, chosen]


def _sets(rated: npt.NDArray[np.bool_]) -> Iterable[npt.NDArray[np.int64]]:
    together = np.unique(rated[rated.sum(axis=1) >= 2], axis=0)
    for row in together:
        yield np.flatnonzero(row)
    raters = rated.shape[1]
    for first in range(raters):
        for second in range(first + 1, raters):
            yield np.array([first, second])
