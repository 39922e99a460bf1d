"""The one rule by which ratings become one figure. Nothing else in the product adds them up.

1. For each answer: the mean over raters who gave a number.
2. For each competency: the mean over its answers.
3. Overall: the weighted mean over competencies, weights as they were frozen with the kit.

What nobody found enough evidence for is left out of the mean and counted as missing. Recommendations are never in it.

Source: Conway, Jako & Goodman (1995): combining ratings mechanically helps, subjectively it does not.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

POINT = 1000
"""Means are kept as whole thousandths of a point, worked out exactly, so that the same is the same."""

FAR_APART = 2
"""Two raters of one answer who differ by this much are far apart: more than one point."""

ENOUGH_RATERS = 3
"""From this many on nobody further is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `place` in the kit, what it looks for, and what that weighs."""

    place: int
    competency: Hashable
    weight: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was given for one competency, asked for in `places`. `mean` in thousandths, None without evidence; `raters`
    gave it a number; `spread` is the greatest difference between two of them on one answer."""

    places: tuple[int, ...]
    mean: int | None
    raters: int
    spread: int


@dataclass(frozen=True, slots=True)
class Combined:
    """`mean`, `lowest` and `highest` are over competencies, in thousandths, None where there is no evidence at all.

    `columns` go by the place of the competency's first question.
    """

    mean: int | None
    lowest: int | None
    highest: int | None
    competencies: int
    spread: int
    columns: Mapping[int, Figures]


def columns(asked: Iterable[Asked]) -> dict[Hashable, int]:
    """The competencies in the order of the kit, each with the place of its first question."""
    firsts: dict[Hashable, int] = {}
    for one in sorted(asked, key=lambda one: one.place):
        firsts.setdefault(one.competency, one.place)
    return firsts


def combine(asked: Sequence[Asked], given: Iterable[tuple[Hashable, int, int]]) -> Combined:
    """Put together what raters gave: `(rater, place, value)`. In whatever order they come, the result is the same."""
    values: dict[int, list[int]] = defaultdict(list)
    raters: dict[int, set[Hashable]] = defaultdict(set)
    for rater, place, value in given:
        values[place].append(value)
        raters[place].add(rater)
    found: dict[int, Figures] = {}
    exact: list[tuple[Fraction, int]] = []
    for competency, first in columns(asked).items():
        mine = [one for one in asked if one.competency == competency]
        rated = [one.place for one in mine if values[one.place]]
        mean = _mean([_mean([Fraction(value) for value in values[place]]) for place in rated]) if rated else None
        if mean is not None:
            exact.append((mean, mine[0].weight))
        found[first] = Figures(
            places=tuple(one.place for one in mine),
            mean=None if mean is None else _thousandths(mean),
            raters=len(set().union(*(raters[one.place] for one in mine))),
            spread=max((max(values[place]) - min(values[place]) for place in rated), default=0),
        )
    means = [mean for mean, _weight in exact]
    whole = sum(weight for _mean, weight in exact)
    return Combined(
        mean=_thousandths(sum(mean * weight for mean, weight in exact) / Fraction(whole)) if exact else None,
        lowest=_thousandths(min(means)) if means else None,
        highest=_thousandths(max(means)) if means else None,
        competencies=len(exact),
        spread=max((figures.spread for figures in found.values()), default=0),
        columns=found,
    )


def tenths(thousandths: int) -> int:
    """As a mean is shown and sorted, halves up: what reads the same is a tie."""
    return (thousandths + POINT // 20) // (POINT // 10)


def wants_third(raters: int, spread: int, recommended: Iterable[str]) -> bool:
    """Whether two raters disagree so much that a third should look: more than one point apart on an answer, or one to
    advance and the other to decline."""
    return raters == ENOUGH_RATERS - 1 and (spread >= FAR_APART or {"advance", "decline"} <= set(recommended))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _thousandths(value: Fraction) -> int:
    """Halves up."""
    return int(value * POINT + Fraction(1, 2))
