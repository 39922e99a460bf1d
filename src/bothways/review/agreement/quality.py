"""How a question has worked: what it was rated, and how candidates got through it.

What is told of candidates is told of tens of them: the oldest ten, twenty and so on. So no figure comes from fewer than
ten, and none changes by one person from one look to the next.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, median
from typing import Any, Self, TypeVar

from bothways.review.agreement.figures import FEWEST, Figures

NOT_ENOUGH = 0
"""Stands for "not enough evidence" among the values."""

LOW = 0.5
FEWEST_FOR_LOW = 20
"""A single rating is reliable to less than half, by at least so many answers that were rated twice: then the question
or its anchors want mending, not the people."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Went:
    """How one candidate got through the question. `seconds` from opening it to the first answer, None without one.

    `is_over` says that the interview is sent, or over without it; `left` that it is over and this was the last question
    that was opened. `reason` is what was told here, by whoever came back, too.
    """

    seconds: float | None
    takes: int
    is_over: bool
    left: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Quality:
    """`rated` counts ratings. What there is too little of for a figure is None.

    `spread` has how often not enough evidence, 1, 2, 3, 4 and 5 were given. `left` is of `opened`; `reasons` has those
    that were told, the most frequent first.
    """

    versions: tuple[int, ...]
    rated: int
    spread: tuple[int, ...] | None
    agreement: Figures
    answered: int
    seconds: int | None
    takes: float | None
    opened: int | None
    left: int | None
    reasons: tuple[tuple[str, int], ...] | None

    @property
    def is_low(self) -> bool:
        """Whether raters agree so little that the question should be looked at."""
        single = self.agreement.icc_1_1
        return single.value is not None and single.value < LOW and single.targets >= FEWEST_FOR_LOW

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        lists = {name: tuple(kept[name]) for name in ("versions", "spread") if kept[name] is not None}
        reasons = kept["reasons"] and tuple((reason, many) for reason, many in kept["reasons"])
        return cls(**{**kept, **lists, "reasons": reasons, "agreement": Figures.from_json(kept["agreement"])})


def quality_of(
    versions: Iterable[int], values: Sequence[int | None], agreement: Figures, went: Sequence[Went]
) -> Quality:
    """`values` are ratings, None for not enough evidence; `went` comes with the oldest first."""
    answered = tens([one.seconds for one in went if one.seconds is not None])
    takes = tens([one.takes for one in went if one.takes])
    over = tens([one for one in went if one.is_over])
    reasons = tens([one.reason for one in went if one.reason])
    given = Counter(NOT_ENOUGH if value is None else value for value in values)
    return Quality(
        versions=tuple(sorted(versions)),
        rated=len(values),
        spread=tuple(given[value] for value in range(6)) if len(values) >= FEWEST else None,
        agreement=agreement,
        answered=len(answered),
        seconds=round(median(answered)) if answered else None,
        takes=round(fmean(takes), 1) if takes else None,
        opened=len(over) if over else None,
        left=sum(one.left for one in over) if over else None,
        reasons=tuple(Counter(reasons).most_common()) if reasons else None,
    )


def tens(things: Sequence[Thing]) -> Sequence[Thing]:
    """As many of the first as make whole tens; nothing of fewer than ten."""
    return things[: len(things) // FEWEST * FEWEST]
