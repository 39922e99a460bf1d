"""All figures of one table of ratings, or the reason why there is none."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

import numpy as np

from bothways.review.agreement.alpha import alpha, alphas
from bothways.review.agreement.bootstrap import Interval, resampled
from bothways.review.agreement.icc import Coefficients, MeanSquares, mean_squares, one_way, two_way
from bothways.review.agreement.table import Table, crossed, doubly_rated, evenly_rated

FEWEST = 10
"""Fewer doubly rated targets than this give words, no numbers."""


class Reason(StrEnum):
    """Why there is no number."""

    NOT_TWICE = "not_twice"
    TOO_FEW = "too_few"
    ALL_THE_SAME = "all_the_same"
    TARGETS_ALIKE = "targets_alike"
    NOT_CROSSED = "not_crossed"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` with the ends of its 95 % interval, where one can be told; or a `reason`. Of `targets` and `raters`."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None
    targets: int = 0
    raters: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """`targets` were rated at least twice, by `raters` people altogether."""

    targets: int
    raters: int
    alpha: Figure
    icc_1_1: Figure
    icc_1_k: Figure
    icc_2_1: Figure
    icc_2_k: Figure

    @property
    def reason(self) -> Reason | None:
        """The reason that holds for every figure, if one does."""
        return self.alpha.reason

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(**{key: _kept(value) if isinstance(value, dict) else value for key, value in kept.items()})


def figures_of(table: Table) -> Figures:
    """The figures of a table of ratings, shape (targets, raters), NaN where there is none."""
    pairs = doubly_rated(table)
    targets, raters = pairs.shape
    reason = _reason(pairs)
    if reason is not None:
        nothing = Figure(reason=reason, targets=targets, raters=raters)
        return Figures(targets, raters, nothing, nothing, nothing, nothing, nothing)
    even = np.sort(evenly_rated(pairs), axis=1)
    return Figures(targets, raters, _alpha(pairs), *_iccs(even, one_way), *_iccs(crossed(pairs), two_way))


def _kept(figure: dict[str, Any]) -> Figure:
    reason = figure["reason"]
    return Figure(**{**figure, "reason": Reason(reason) if reason else None})


def _reason(pairs: Table) -> Reason | None:
    if not len(pairs):
        return Reason.NOT_TWICE
    if len(pairs) < FEWEST:
        return Reason.TOO_FEW
    return _sameness(pairs)


def _sameness(ratings: Table) -> Reason | None:
    return Reason.ALL_THE_SAME if np.nanmin(ratings) == np.nanmax(ratings) else None


def _alpha(pairs: Table) -> Figure:
    [interval] = resampled(pairs, lambda rows, often: [alphas(rows, often)])
    return _figure(alpha(pairs), interval, pairs)


def _iccs(ratings: Table, model: Callable[[MeanSquares], Coefficients]) -> tuple[Figure, Figure]:
    targets, raters = ratings.shape
    reason = Reason.NOT_CROSSED if targets < FEWEST else _sameness(ratings)
    if reason is not None:
        return (Figure(reason=reason, targets=targets, raters=raters),) * 2
    of_all = model(mean_squares(ratings))

    def both(rows: Table, often: Any) -> tuple[Any, Any]:
        resample = model(mean_squares(rows, often))
        return resample.single, resample.average

    single, average = resampled(ratings, both)
    return _figure(float(of_all.single), single, ratings), _figure(float(of_all.average), average, ratings)


def _figure(value: float, interval: Interval | None, ratings: Table) -> Figure:
    targets, raters = ratings.shape
    if np.isnan(value):
        return Figure(reason=Reason.TARGETS_ALIKE, targets=targets, raters=raters)
    low, high = interval or (None, None)
    return Figure(value, low, high, targets=targets, raters=raters)
