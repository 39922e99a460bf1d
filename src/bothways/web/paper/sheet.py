"""An A4 document: one column, two families, the organization's color, a foot on each page."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TextStyle

from bothways.web.paper.blocks import Block, Heading, LevelMark, SpreadLine, Title, Words
from bothways.web.paper.fonts import WEIGHTS, Letters, shipped

SANS, SERIF = "inclusive-sans", "newsreader"
SIDE_MM, TOP_MM, BOTTOM_MM = 24, 22, 24
MARK_MM, BESIDE_MARK_MM, SPREAD_MM = 7.5, 11, 46
MM_PER_POINT, LEADING = 25.4 / 72, 1.42
INK, SOFT, LINE, WHITE = (25, 32, 27), (92, 98, 91), (219, 219, 213), (255, 255, 255)
DEEPEST = 5
PAGES = "\ue0f0\ue0f1"
"""Stands for the number of pages until it is known: two signs that nobody can write, because no font has them."""

UNPRINTABLE = "[…]"
"""Stands where no font of the server has the letters. Whoever writes the document says so at its end."""

_SHARES = {1: 0.06, 2: 0.17, 3: 0.31, 4: 0.47, 5: 1.0}
"""How much of the accent is in each level, as --rate-1 to --rate-5 in tokens.css."""

Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself, and what stands at the foot of each page, with "{page}" and "{pages}"."""

    title: str
    author: str
    language: str
    is_rtl: bool
    accent: str
    at: dt.datetime
    foot: str
    page_words: str


class Sheet(FPDF):
    """Blocks one below the other. All measures are in millimeters, sizes of letters in points."""

    def __init__(self, about: About, letters: Letters) -> None:
        super().__init__(unit="mm", format="A4")
        self._about = about
        self._missing = _pattern(letters.missing)
        self._accent = _channels(about.accent)
        self.set_margins(SIDE_MM, TOP_MM, SIDE_MM)
        self.c_margin = 0
        self.alias_nb_pages(PAGES)
        self.set_auto_page_break(True, BOTTOM_MM)
        self._add_letters(letters)
        self.set_title(about.title)
        self.set_author(about.author)
        self.set_lang(about.language)
        self.set_creator("Bothways")
        self.set_creation_date(about.at)
        self.set_section_title_styles(self._heading(SERIF, "", 25, INK, 1, 2), self._heading(SANS, "B", 11, INK, 0, 1))
        self.add_page()
        self.set_font(SANS, "", 10)

    def put(self, block: Block) -> None:
        match block:
            case Title():
                self.start_section(self._printable(block.text), 0)
            case Heading():
                self._put_heading(block)
            case Words():
                self._put_words(block)
            case LevelMark():
                self._put_mark(block.value)
            case SpreadLine():
                self._put_spread(block.values)

    def _put_heading(self, heading: Heading) -> None:
        self.ln(6)
        if self.will_page_break(heading.room_mm):
            self.add_page()
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(4)
        self.start_section(self._printable(heading.text), 1)

    def _put_words(self, words: Words) -> None:
        """The words of people begin at the side from which their own script is read, all others where the page does."""
        if not words.text.strip():
            return
        self.set_font(
            SERIF if words.is_spoken else SANS, "B" if words.is_bold and not words.is_spoken else "", words.size
        )
        self.set_text_color(*(self._accent if words.in_accent else SOFT if words.is_soft else INK))
        indent = BESIDE_MARK_MM if words.beside_mark else 0
        self.set_x(self.l_margin + (0 if self._about.is_rtl else indent))
        self.multi_cell(
            self.epw - indent,
            words.size * MM_PER_POINT * LEADING,
            self._printable(words.text),
            align=Align.R if self._is_from_right(words) else Align.L,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        self.ln(words.after_mm)

    def _is_from_right(self, words: Words) -> bool:
        return _reads_from_right(words.text, self._about.is_rtl) if words.is_spoken else self._about.is_rtl

    def _put_mark(self, value: int | None) -> None:
        if self.will_page_break(MARK_MM + 8):
            self.add_page()
        x = self.w - self.r_margin - MARK_MM if self._about.is_rtl else self.l_margin
        y = self.y
        self.set_line_width(0.2)
        self.set_draw_color(*(self._accent if value else LINE))
        self.set_fill_color(*(self._tint(_SHARES[value]) if value else WHITE))
        self.rect(x, y, MARK_MM, MARK_MM, style="DF", round_corners=True, corner_radius=1.4)
        self.set_font(SANS, "B", 11)
        self.set_text_color(*(WHITE if value == DEEPEST else INK))
        self.set_xy(x, y)
        self.cell(MARK_MM, MARK_MM, str(value) if value else "–", align=Align.C)
        self.set_xy(self.l_margin, y + 0.4)

    def _put_spread(self, values: Sequence[int]) -> None:
        y = self.y + 2
        start = self.w - self.r_margin - 1.5 - SPREAD_MM if self._about.is_rtl else self.l_margin + 1.5
        places = [start + (value - 1) * SPREAD_MM / 4 for value in range(1, 6)]
        if self._about.is_rtl:
            places.reverse()
        self.set_line_width(0.25)
        self.set_draw_color(*LINE)
        self.line(places[0], y, places[-1], y)
        for place in places:
            self.line(place, y - 0.9, place, y + 0.9)
        self.set_draw_color(*self._accent)
        self.set_line_width(0.7)
        self.line(places[min(values) - 1], y, places[max(values) - 1], y)
        self.set_line_width(0.5)
        self.set_fill_color(*WHITE)
        for at, value in enumerate(values):
            # Raters who gave the same stand as rings within one another.
            self.circle(places[value - 1], y, max(0.6, 1.5 - 0.6 * list(values[:at]).count(value)), style="DF")
        self.ln(4.5)

    def _tint(self, share: float) -> Color:
        """The accent on white."""
        red, green, blue = (round(255 + (channel - 255) * share) for channel in self._accent)
        return red, green, blue

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(SANS, "", 8)
        self.set_text_color(*SOFT)
        foot = self._printable(self._about.foot)
        page = self._about.page_words.format(page=self.page_no(), pages=PAGES)
        first, last = (page, foot) if self._about.is_rtl else (foot, page)
        width = self.epw * 0.8
        widths = (self.epw - width, width) if self._about.is_rtl else (width, self.epw - width)
        self.cell(widths[0], 4, first, align=Align.L)
        self.cell(widths[1], 4, last, align=Align.R)

    def _printable(self, text: str) -> str:
        """The text with a sign in place of what no font has."""
        text = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) != "Cc")
        return self._missing.sub(UNPRINTABLE, text) if self._missing else text

    def _heading(self, family: str, style: str, size: float, color: Color, above: float, below: float) -> TextStyle:
        side = "R" if self._about.is_rtl else None
        return TextStyle(
            font_family=family,
            font_style=style,
            font_size_pt=size,
            color=color,
            t_margin=above,
            b_margin=below,
            l_margin=side,
        )

    def _add_letters(self, letters: Letters) -> None:
        """The first part of a family carries its name; what it lacks comes from the other parts, then from others."""
        extra = [part for part in letters.parts if part != "latin"]
        fallbacks = []
        for family, weights in WEIGHTS.items():
            for part in ["latin", *extra]:
                name = family if part == "latin" else f"{family}-{part}"
                for style, weight in weights.items():
                    self.add_font(name, style, shipped(family, part, weight))
                fallbacks.append(name)
        for at, path in enumerate(letters.others):
            self.add_font(f"other-{at}", "", path)
            fallbacks.append(f"other-{at}")
        self.set_fallback_fonts(fallbacks, exact_match=False)
        self.set_text_shaping(True)


def _channels(color: str) -> Color:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _pattern(signs: frozenset[str]) -> re.Pattern[str] | None:
    """Runs of these signs, with the spaces between them."""
    if not signs:
        return None
    one = f"[{''.join(map(re.escape, sorted(signs)))}]"
    return re.compile(f"{one}+(?: +{one}+)*")


def _reads_from_right(text: str, default: bool) -> bool:
    """By the first letter with a direction of its own, as browsers do with dir="auto"."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return default
