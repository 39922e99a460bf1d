"""The table of a stage as the page writes it: heads that sort, and for each person one line of words and figures."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.positions.models import Stage
from bothways.review.combination import tenths
from bothways.review.models import Outcome, Summary
from bothways.review.queries.heat_asked import Asked
from bothways.review.queries.heat_rows import Column, HeatCell, HeatRow
from bothways.web.team.stand_ins import ID, NAME, fill
from bothways.web.templatetags.bothways_tags import icon


@dataclass(frozen=True, slots=True)
class Head:
    """A column that sorts. `sorted_as` is what `aria-sort` says, empty for the others; `address` sorts by it, and the
    other way round where it is sorted by already."""

    places: str
    name: str
    sorted_as: str
    address: str


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
    """Rows become rows of the table, written here rather than in a template: fifty are drawn at once. Asks the
    database nothing, and writes what many of them share once."""

    def __init__(
        self, stage: Stage, version: int, columns: tuple[Column, ...], *, decides: bool, may_reveal: bool, slug: str
    ) -> None:
        self._version, self._wanted, self._competencies = version, stage.raters_wanted, len(columns)
        self._decides, self._may_reveal = decides, may_reveal
        self._side_url = reverse("team:compare-side", args=[slug, stage.id])
        self._decide_url = reverse("team:decisions-interview", args=[slug, ID])
        self._list_url = reverse("team:compare-shortlist", args=[slug, stage.id, ID])
        self._name_url = reverse("team:compare-reveal", args=[slug, stage.id, ID])
        self._flag = icon("flag")
        self._closed = format_html(
            '<td class="after" colspan="{}"><span class="hung small soft">{}<span>{}</span></span></td>',
            len(columns) + 3,
            icon("eye-off"),
            _("After yours: what others gave opens when your own scorecard is in."),
        )
        self._waits = format_html(
            '<td class="after" colspan="{}"><span class="small soft">{}</span></td>',
            len(columns) + 2,
            _("Waits for the first scorecard."),
        )
        self._figures: dict[int, str] = {}
        self._around: dict[HeatCell, tuple[SafeString, SafeString]] = {}
        self._abouts: dict[tuple[int, int], SafeString] = {}
        self._recommended: dict[tuple[int, int, int, bool], SafeString] = {}
        self._doors: dict[tuple[bool, bool, bool], SafeString] = {}

    def of(self, rows: Iterable[HeatRow]) -> list[SafeString]:
        return [self._line(row) for row in rows]

    def _line(self, row: HeatRow) -> SafeString:
        id_, name = str(row.id), escape(row.name)
        pick = "" if row.is_closed else f'<input type="checkbox" name="with" value="{id_}">'
        head = f'<th scope="row"><label class="pick">{pick}<bdi>{name}</bdi></label>{self._tags(row)}</th>'
        if row.is_closed:
            given = self._closed
        else:
            doors = fill(self._doors_of(row), id_, name)
            given = (self._given(row, row.summary, id_) if row.summary else self._waits) + doors
        return mark_safe(f'<tr id="row-{id_}">{head}{given}</tr>')  # noqa: S308 - all in it is escaped or written here

    def _tags(self, row: HeatRow) -> str:
        """That somebody is on the shortlist, and what was decided."""
        tags = []
        if row.is_shortlisted:
            tags.append(format_html('<span class="tag">{}{}</span>', self._flag, _("shortlist")))
        if row.decision == Outcome.HOLD:
            tags.append(format_html('<span class="tag">{}</span>', _("on hold")))
        elif row.decision:
            words = _("goes on") if row.decision == Outcome.ADVANCE else _("declined")
            tags.append(format_html('<span class="tag accent">{}</span>', words))
        return f'<span class="row tags">{"".join(tags)}</span>' if tags else ""

    def _given(self, row: HeatRow, summary: Summary, id_: str) -> str:
        cells = "".join(self._cell(cell, id_) for cell in row.cells)
        about = self._range(summary) + self._about(summary.raters, summary.competencies)
        mean = f'<td><span class="cell all"><b>{self._figure(summary.mean)}</b><span>{about}</span></span></td>'
        which = (summary.advances, summary.holds, summary.declines, summary.needs_third)
        if which not in self._recommended:
            drawn = format_html('<td class="small">{}{}</td>', _recommended(summary), _third(summary))
            self._recommended[which] = drawn
        return f"{cells}{mean}{self._recommended[which]}"

    def _doors_of(self, row: HeatRow) -> SafeString:
        """What can be done with somebody, drawn once for all with whom the same can be done."""
        which = (row.can_be_decided, row.is_shortlisted, row.name_hidden)
        if which not in self._doors:
            self._doors[which] = format_html('<td class="act"><div class="row">{}</div></td>', self._drawn(*which))
        return self._doors[which]

    def _drawn(self, can_be_decided: bool, is_shortlisted: bool, name_hidden: bool) -> SafeString:
        drawn = []
        if can_be_decided:
            door = '<a class="button small" href="{}">{}<span class="visually-hidden"> {}</span></a>'
            drawn.append(format_html(door, self._decide_url, _("Decide"), NAME))
        button = (
            '<button class="button bare small square" type="submit" formaction="{}"{} title="{}">{}'
            '<span class="visually-hidden">{} {}</span></button>'
        )
        if self._decides:
            pressed = format_html(
                ' name="shortlist" value="{}" aria-pressed="{}"',
                "off" if is_shortlisted else "on",
                "true" if is_shortlisted else "false",
            )
            words = _("Shortlist")
            drawn.append(format_html(button, self._list_url, pressed, words, self._flag, words, NAME))
        if name_hidden and self._may_reveal:
            words = _("Show name")
            drawn.append(format_html(button, self._name_url, "", words, icon("eye"), words, NAME))
        return format_html_join("", "{}", ((one,) for one in drawn))

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

    def _range(self, summary: Summary) -> SafeString:
        if summary.competencies < 2:
            return mark_safe("")
        figures = {"low": self._figure(summary.lowest), "high": self._figure(summary.highest)}
        return format_html("{}<br>", _("%(low)s to %(high)s") % figures)

    def _about(self, raters: int, competencies: int) -> SafeString:
        """From how many scorecards a mean is, and what it lacks."""
        if (raters, competencies) not in self._abouts:
            words = [_raters(raters)]
            missing = self._wanted - raters
            if missing > 0:
                words.append(ngettext("%(many)s missing", "%(many)s missing", missing) % {"many": missing})
            if competencies < self._competencies:
                counts = {"some": competencies, "all": self._competencies}
                words.append(_("%(some)s of %(all)s competencies") % counts)
            joined = format_html_join(mark_safe("<br>"), "{}", ((one,) for one in words))
            self._abouts[raters, competencies] = joined
        return self._abouts[raters, competencies]


def _cell_words(cell: HeatCell) -> str:
    if cell.mean is None:
        words = _("not enough evidence")
    else:
        words = _("differ by %(points)s") % {"points": cell.spread} if cell.is_far_apart else _raters(cell.raters)
    return _(", ").join([words, _("changed")]) if cell.is_changed else words


def _third(summary: Summary) -> SafeString:
    if not summary.needs_third:
        return mark_safe("")
    return format_html('<br><span class="status" data-is="late">{}</span>', _("third rater wanted"))


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
