"""Spreadsheets as XLSX: one sheet of any length, written row by row in constant memory, with typed cells."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE = 64 * 1024

_UNPRINTABLE = dict.fromkeys(code for code in range(32) if code not in (9, 10))
_LONGEST_NAME = 31
_FORBIDDEN_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

Value = str | int | float | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters; with `wraps` long words stand on several lines."""

    heading: str
    width: int
    wraps: bool = False


def sheet(
    *, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], right_to_left: bool = False
) -> Iterator[bytes]:
    """The bytes of a workbook with one sheet: a heading that stays in view, filters, and the rows.

    Words are always written as words, so that none becomes a formula, whatever it begins with. Moments are written as
    the clock reads in their own zone, because spreadsheets know no zones. What is written waits on the disk, not in
    memory; the first byte comes when the last row is in.
    """
    # A folder of its own, so that nothing is left behind when the rows break off.
    with tempfile.TemporaryDirectory(prefix="bothways-sheet-") as folder:
        path = Path(folder) / "book.xlsx"
        book = Workbook(path, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"title": name})
        page = book.add_worksheet(_sheet_name(name))
        if right_to_left:
            page.right_to_left()
        last = _write(book, page, columns, rows)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, last, len(columns) - 1)
        book.close()
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _write(book: Workbook, page: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> int:
    """Returns the number of the last row, from 0."""
    heading = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
    plain = book.add_format({"valign": "top"})
    wrapped = book.add_format({"valign": "top", "text_wrap": True})
    formats = [wrapped if column.wraps else plain for column in columns]
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.heading, heading)
    row = 0
    for row, values in enumerate(rows, start=1):
        for at, value in enumerate(values):
            _write_cell(page, row, at, value, formats[at], moment)
    return row


def _write_cell(page: Worksheet, row: int, at: int, value: Value, plain: Format, moment: Format) -> None:
    if isinstance(value, str):
        if words := value.translate(_UNPRINTABLE):
            page.write_string(row, at, words, plain)
    elif isinstance(value, dt.datetime):
        page.write_datetime(row, at, value.replace(tzinfo=None), moment)
    elif value is not None:
        page.write_number(row, at, value, plain)


def _sheet_name(name: str) -> str:
    """A name that every program takes: no special signs, at most 31 characters, never empty."""
    return name.translate(_FORBIDDEN_IN_NAME).strip()[:_LONGEST_NAME].strip() or "1"
