"""CSV files as they come out of real programs, and CSV that is safe to open in them."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX, ODS and the old XLS begin."""

_DELIMITERS = (",", ";", "\t")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotText(ValueError):
    """The bytes are a file of another kind: a spreadsheet, a picture."""


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, with or without a byte order mark.

    Raises:
        NotText: the bytes are no text in any of them.
    """
    if data.startswith(_SPREADSHEETS):
        raise NotText("a spreadsheet")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    head = data[:2000]
    if head.count(0) > len(head) // 4:
        # Latin letters in UTF-16 have a zero in every other byte: in the second one when the low byte comes first.
        encoding = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace")
    if 0 in head:
        raise NotText("zero bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds anything, with the line on which it ends; quoted cells may hold new lines.

    Raises:
        csv.Error: a cell is longer than 128 KiB, which no list of people has.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def line(cells: Iterable[object]) -> str:
    """One line of CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP)."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([_harmless(str(cell)) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _delimiter(text: str) -> str:
    """What parts the names of the columns: the most frequent of comma, semicolon and tab in the first full line."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(_DELIMITERS, key=first.count)
