"""What one rater's numbers look like: how high, how far apart, and whether they move with anything but the answers.

Saal, Downey & Lahey (1980), Psychological Bulletin 88, 413–428, for leniency, range restriction and halo. None of it
says that a rater is wrong: people can have met better answers. So it is for the rater and for who leads, never a list.
"""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import StatisticsError, correlation, fmean, stdev
from typing import Any, Self

FEWEST = 10
"""Fewer numbers, answers in common or interviews than this give words, no figures."""

PAUSE = dt.timedelta(hours=1)
"""Scorecards with no longer pause between them were rated in one go."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One scorecard that was handed in. `values` has a number or None for each question, in the kit's order.

    `others` has the mean of the others' numbers for the same answers, None where there is none.
    """

    at: dt.datetime
    values: tuple[int | None, ...]
    others: tuple[float | None, ...]

    @property
    def numbers(self) -> list[int]:
        return [value for value in self.values if value is not None]


@dataclass(frozen=True, slots=True)
class Drift:
    """The figures of one rater. None stands for too few of what a figure is made of.

    `shares` has how often each number from 1 to 5 was given, `unsure` how often there was not enough evidence.
    `harder_by` is how far below the others the rater is on the `shared` answers, in points of the scale; negative when
    above. `within` is the mean standard deviation of the numbers of one interview, over `interviews` with at least
    two; `together` the mean correlation between two questions. `first_third` and `last_third` are means over what was
    rated in one go, of `in_thirds` numbers in each at least.
    """

    scorecards: int
    numbers: int
    unsure: int
    shares: tuple[int, int, int, int, int]
    mean: float | None
    spread: float | None
    shared: int
    harder_by: float | None
    interviews: int
    within: float | None
    together: float | None
    in_thirds: int
    first_third: float | None
    last_third: float | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(**{**kept, "shares": tuple(kept["shares"])})


def drift_of(rated: Sequence[Rated]) -> Drift:
    """The figures of one rater's scorecards, in whatever order they come."""
    numbers = [value for one in rated for value in one.numbers]
    often = Counter(numbers)
    enough = len(numbers) >= FEWEST
    differences = [
        other - value
        for one in rated
        for value, other in zip(one.values, one.others, strict=True)
        if value is not None and other is not None
    ]
    several = [one.numbers for one in rated if len(one.numbers) > 1]
    first, last = _thirds(rated)
    in_thirds = min(len(first), len(last))
    return Drift(
        scorecards=len(rated),
        numbers=len(numbers),
        unsure=sum(len(one.values) for one in rated) - len(numbers),
        shares=(often[1], often[2], often[3], often[4], often[5]),
        mean=fmean(numbers) if enough else None,
        spread=stdev(numbers) if enough else None,
        shared=len(differences),
        harder_by=fmean(differences) if len(differences) >= FEWEST else None,
        interviews=len(several),
        within=fmean(map(stdev, several)) if len(several) >= FEWEST else None,
        together=_together(rated),
        in_thirds=in_thirds,
        first_third=fmean(first) if in_thirds >= FEWEST else None,
        last_third=fmean(last) if in_thirds >= FEWEST else None,
    )


def _together(rated: Sequence[Rated]) -> float | None:
    """The mean of Pearson's r over pairs of questions that have enough interviews, and numbers that differ."""
    questions = len(rated[0].values) if rated else 0
    found = []
    for first, second in itertools.combinations(range(questions), 2):
        both = [
            (one.values[first], one.values[second])
            for one in rated
            if one.values[first] is not None and one.values[second] is not None
        ]
        if len(both) >= FEWEST:
            try:
                found.append(correlation(*zip(*both, strict=True)))
            except StatisticsError:
                continue
    return fmean(found) if found else None


def _thirds(rated: Sequence[Rated]) -> tuple[list[int], list[int]]:
    """The numbers of the first and of the last third of what was rated in one go, of three interviews at least."""
    first: list[int] = []
    last: list[int] = []
    for row in _in_one_go(rated):
        third = len(row) // 3
        first += [value for one in row[:third] for value in one.numbers]
        last += [value for one in row[len(row) - third :] for value in one.numbers]
    return first, last


def _in_one_go(rated: Sequence[Rated]) -> list[list[Rated]]:
    rows: list[list[Rated]] = []
    for one in sorted(rated, key=lambda one: one.at):
        if rows and one.at - rows[-1][-1].at <= PAUSE:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows
