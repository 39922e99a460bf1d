"""Spreadsheets, read back by another program than the one that writes them."""

import datetime as dt
import io
import tempfile
import tracemalloc
import zipfile
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from bothways.lib.spreadsheet import Column, sheet


def read(rows, name="Ratings", **more):
    data = b"".join(sheet(name=name, columns=[Column("One", 9), Column("Two", 20, wraps=True)], rows=rows, **more))
    return load_workbook(io.BytesIO(data))


def test_cells_keep_their_type():
    moment = dt.datetime(2026, 11, 29, 17, 30, tzinfo=ZoneInfo("Asia/Kolkata"))
    page = read([["words", 4], [moment, 3.25], [None, ""]]).active
    found = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert found[:2] == [["words", 4], [dt.datetime(2026, 11, 29, 17, 30), 3.25]]
    assert [cell.data_type for cell in page[2]] == ["s", "n"]
    assert page["A3"].is_date


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://example.org")', "\t=1"])
def test_no_words_become_a_formula(words):
    cell = read([[words, 1]]).active["A2"]
    assert cell.value == words and cell.data_type != "f" and cell.hyperlink is None


@pytest.mark.parametrize("words", ["two\nlines", "  spaces  ", "<b>&amp;", "漢字 हिन्दी عربي 🙂", "_x0041_"])
def test_any_words_come_back(words):
    assert unescape(read([[words, 1]]).active["A2"].value) == words


def test_what_nobody_can_print_is_left_out():
    assert read([["a\x00b\x07c\x1b\r\n", 1]]).active["A2"].value == "abc\n"


def test_the_heading_stays_in_view_and_filters():
    book = read([["a", 1], ["b", 2]])
    page = book.active
    assert [cell.value for cell in page[1]] == ["One", "Two"]
    assert page.freeze_panes == "B2" and page.auto_filter.ref == "A1:B3"
    assert book.properties.title == "Ratings" and page.column_dimensions["B"].width == pytest.approx(20, abs=1)


def test_it_stands_from_the_right_where_people_read_so():
    assert read([], right_to_left=True).active.sheet_view.rightToLeft
    assert not read([]).active.sheet_view.rightToLeft


@pytest.mark.parametrize("name", ["Nurse [night]: a/b*c?", "x" * 80, "'", ""])
def test_any_name_makes_a_sheet(name):
    assert read([["a", 1]], name=name).active["A2"].value == "a"


def test_memory_does_not_grow_with_the_rows():
    def most(count):
        tracemalloc.start()
        for _piece in sheet(name="x", columns=[Column("One", 9)], rows=([f"words of row {n}"] for n in range(count))):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(20_000) < most(1_000) + 500_000


def test_it_is_a_whole_archive():
    data = b"".join(sheet(name="x", columns=[Column("One", 9)], rows=[]))
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


@pytest.mark.filterwarnings("ignore:Calling close")
def test_nothing_is_left_behind_when_the_rows_break_off(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows():
        yield ["a"]
        assert list(tmp_path.iterdir()), "it waits on the disk"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        list(sheet(name="x", columns=[Column("One", 9)], rows=rows()))
    half = sheet(name="x", columns=[Column("One", 9)], rows=[["a"]])
    next(half)
    half.close()
    assert list(tmp_path.iterdir()) == []
