"""How many raters an answer would need, by the formula of Spearman (1910) and Brown (1910)."""

import math

WANTED = 0.8
"""What Nunnally & Bernstein (1994) ask of figures that groups are compared by; for decisions about one person more."""


def stepped_up(single: float, raters: float) -> float:
    """The reliability of the mean of so many raters, when that of one is `single`, above -1 / (raters - 1)."""
    return raters * single / (1 + (raters - 1) * single)


def raters_needed(single: float, wanted: float = WANTED) -> int | None:
    """The smallest number of raters whose mean reaches `wanted`, between 0 and 1. None when no number does."""
    if single <= 0:
        return None
    if single >= 1:
        return 1
    needed = wanted * (1 - single) / (single * (1 - wanted))
    return max(1, math.ceil(round(needed, 9)))
