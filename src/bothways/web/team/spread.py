"""How far raters are apart, in words and as a drawing of one line from 1 to 5."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.review.queries.cells import Cell

_FIRST_PERCENT, _STEP_PERCENT = 4, 23


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """Places on the line in percent: the five ticks, from where to where the raters are, a dot with radius for each."""

    ticks: tuple[str, ...]
    ends: tuple[str, str] | None
    dots: tuple[tuple[str, float], ...]


def spread_words(cell: Cell) -> str:
    """As "Two raters: 4 and 5, close together", for everybody who does not see the drawing."""
    unsure = len(cell.marks) - cell.raters
    without = (
        ngettext("%(many)s found not enough evidence", "%(many)s found not enough evidence", unsure) % {"many": unsure}
        if unsure
        else ""
    )
    if not cell.values:
        return without or _("Nobody has rated this answer")
    values = [str(value) for value in cell.values]
    listed = values[0] if len(values) == 1 else _(" and ").join([_(", ").join(values[:-1]), values[-1]])
    raters = ngettext("%(many)s rater: %(values)s", "%(many)s raters: %(values)s", cell.raters) % {
        "many": cell.raters,
        "values": listed,
    }
    return _(", ").join(filter(None, [raters, _closeness(cell), without]))


def spread_line(cell: Cell) -> SpreadLine:
    """The drawing: raters who gave the same stand as rings within one another."""
    values = cell.values
    dots = [(_percent(value), max(1.5, 4.5 - 2 * values[:at].count(value))) for at, value in enumerate(values)]
    ends = (_percent(min(values)), _percent(max(values))) if cell.spread else None
    return SpreadLine(tuple(_percent(value) for value in range(1, 6)), ends, tuple(dots))


def _percent(value: int) -> str:
    return f"{_FIRST_PERCENT + (value - 1) * _STEP_PERCENT}%"


def _closeness(cell: Cell) -> str:
    if cell.raters < 2:
        return ""
    if cell.spread == 0:
        return _("the same")
    return _("they differ by %(points)s") % {"points": cell.spread} if cell.is_far_apart else _("close together")
