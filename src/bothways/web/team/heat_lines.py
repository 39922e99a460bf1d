"""The table of a stage as the page writes it: heads that sort, and for each person one line of words and figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.review.combination import tenths
from bothways.review.models import Summary
from bothways.review.queries.heat_asked import Asked
from bothways.review.queries.heat_rows import Column, HeatCell, HeatRow


@dataclass(frozen=True, slots=True)
class Head:
    """A column that sorts. `sorted_as` is what `aria-sort` says, empty for the others; `address` sorts by it, and the
    other way round where it is sorted by already."""

    places: str
    name: str
    sorted_as: str
    address: str


@dataclass(frozen=True, slots=True)
class HeatLine:
    """One row, ready to be written: fifty are drawn at a time, and a template is slow at making. `cells` are the drawn
    cells of the competencies; `about` is what the mean rests on, in a few words each."""

    row: HeatRow
    id: str
    cells: SafeString
    figure: str
    about: tuple[str, ...]
    recommended: str


@dataclass(frozen=True, slots=True)
class Heads:
    name: Head
    columns: tuple[Head, ...]
    mean: Head
    recommended: Head


def heads(columns: Iterable[Column], asked: Asked, version: int) -> Heads:
    def head(sort: str, name: str, places: str = "") -> Head:
        is_sorted = asked.sort == sort
        usual = "up" if sort == "name" else "down"
        turned = "up" if asked.descending else "down"
        return Head(
            places,
            name,
            ("descending" if asked.descending else "ascending") if is_sorted else "",
            asked.address(version, sort=sort, way=turned if is_sorted else usual),
        )

    return Heads(
        name=head("name", _("Candidate")),
        columns=tuple(head(f"q{one.place}", one.name, _(", ").join(map(str, one.places))) for one in columns),
        mean=head("mean", _("Weighted mean")),
        recommended=head("recommended", _("Recommended")),
    )


class Lines:
    """Rows become lines. Asks the database nothing, and writes what many rows share once."""

    def __init__(self, side_url: str, version: int, columns: tuple[Column, ...], wanted: int) -> None:
        self._side_url, self._version = side_url, version
        self._competencies, self._wanted = len(columns), wanted
        self._figures: dict[int, str] = {}
        self._around: dict[HeatCell, tuple[SafeString, SafeString]] = {}

    def of(self, rows: Iterable[HeatRow]) -> list[HeatLine]:
        return [self._line(row) for row in rows]

    def _line(self, row: HeatRow) -> HeatLine:
        id_, summary = str(row.id), row.summary
        return HeatLine(
            row=row,
            id=id_,
            cells=SafeString("".join(self._cell(cell, id_) for cell in row.cells)),
            figure=self._figure(summary.mean) if summary else "",
            about=tuple(self._about(summary)) if summary else (),
            recommended=_recommended(summary) if summary else "",
        )

    def _cell(self, cell: HeatCell, id_: str) -> str:
        """The cell leads side by side. What stands around the identifier is drawn once for all that look the same."""
        if cell not in self._around:
            kind = " none" if cell.mean is None else " split-view" if cell.is_far_apart else ""
            url = f"{self._side_url}?question={cell.place}&version={self._version}&with="
            self._around[cell] = (
                format_html('<td><a class="cell{}" data-level="{}" href="{}', kind, cell.level or "", url),
                format_html('"><b>{}</b><span>{}</span></a></td>', self._figure(cell.mean), _cell_words(cell)),
            )
        before, after = self._around[cell]
        return f"{before}{id_}{after}"

    def _figure(self, thousandths: int | None) -> str:
        """In tenths, halves up, as the language writes numbers; a dash for what has no evidence."""
        if thousandths is None:
            return "–"
        if thousandths not in self._figures:
            self._figures[thousandths] = number_format(tenths(thousandths) / 10, 1)
        return self._figures[thousandths]

    def _about(self, summary: Summary) -> Iterator[str]:
        if summary.competencies > 1:
            low, high = self._figure(summary.lowest), self._figure(summary.highest)
            yield _("%(low)s to %(high)s") % {"low": low, "high": high}
        yield _raters(summary.raters)
        missing = self._wanted - summary.raters
        if missing > 0:
            yield ngettext("%(many)s missing", "%(many)s missing", missing) % {"many": missing}
        if summary.competencies < self._competencies:
            counts = {"some": summary.competencies, "all": self._competencies}
            yield _("%(some)s of %(all)s competencies") % counts


def _cell_words(cell: HeatCell) -> str:
    if cell.mean is None:
        words = _("not enough evidence")
    else:
        words = _("differ by %(points)s") % {"points": cell.spread} if cell.is_far_apart else _raters(cell.raters)
    return _(", ").join([words, _("changed")]) if cell.is_changed else words


def _raters(count: int) -> str:
    return ngettext("%(many)s rater", "%(many)s raters", count) % {"many": count}


def _recommended(summary: Summary) -> str:
    """As "2 advance, 1 hold"."""
    parts = [
        (summary.advances, ngettext("%(n)d advance", "%(n)d advance", summary.advances)),
        (summary.holds, ngettext("%(n)d hold", "%(n)d hold", summary.holds)),
        (summary.declines, ngettext("%(n)d decline", "%(n)d decline", summary.declines)),
    ]
    return _(", ").join(words % {"n": count} for count, words in parts if count)
