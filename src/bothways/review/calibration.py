"""When a rater's numbers are near enough to the lead's, and which gold answers a run takes. Nothing here reads a row.

Thresholds: our choice, from frame-of-reference training (docs/explanation/rating.md). Figures are exact fractions, so
that what lies on a threshold is within it.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

ANSWERS = 3
"""Gold answers in a run, and the fewest numbers that say anything."""

MOST_DIFFERENCE = Fraction(1)
"""The greatest mean distance from the lead's ratings, in points."""

MOST_BIAS = Fraction(1, 2)
"""How far the mean may lie above or below the lead's."""

HOLDS_FOR = dt.timedelta(days=90)
HOLDS_ANSWERS = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`difference` is the mean distance, `bias` the mean of own minus lead's; None without any number."""

    numbers: int
    difference: Fraction | None
    bias: Fraction | None

    @property
    def has_passed(self) -> bool:
        return (
            self.numbers >= ANSWERS
            and self.difference is not None
            and self.bias is not None
            and self.difference <= MOST_DIFFERENCE
            and abs(self.bias) <= MOST_BIAS
        )


def verdict(pairs: Iterable[tuple[int | None, int]]) -> Verdict:
    """Of each gold answer the own value and the lead's. None is "not enough evidence": it is no number and enters no
    mean, and because `ANSWERS` numbers are needed, a run with one is not passed."""
    apart = [own - lead for own, lead in pairs if own is not None]
    if not apart:
        return Verdict(0, None, None)
    return Verdict(len(apart), Fraction(sum(map(abs, apart)), len(apart)), Fraction(sum(apart), len(apart)))


def drawn(fresh: Sequence[T], seen: Sequence[T], wanted: int = ANSWERS) -> list[T]:
    """What a run takes, in a random order: of what the rater has not met, and of the rest only what is missing."""
    chance = secrets.SystemRandom()
    taken = chance.sample(fresh, min(wanted, len(fresh)))
    taken += chance.sample(seen, min(wanted - len(taken), len(seen)))
    return chance.sample(taken, len(taken))
