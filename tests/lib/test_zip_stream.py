"""Archives made while they are sent, read by readers that know nothing of us."""

import datetime as dt
import io
import tracemalloc
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from bothways.lib.zip_stream import Entry, zipped

MOMENT = dt.datetime(2026, 3, 2, 9, 30, 14)


def entry(name: str, content: bytes, size: int | None = None, moment: dt.datetime = MOMENT) -> Entry:
    pieces = [content[start : start + 1000] for start in range(0, len(content), 1000)]
    return Entry(name, len(content) if size is None else size, moment, lambda: pieces)


def read(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


@given(contents=st.lists(st.binary(max_size=5000), max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_goes_in_comes_out(contents):
    archive = read(b"".join(zipped([entry(f"file-{n}.bin", content) for n, content in enumerate(contents)])))
    assert archive.testzip() is None
    assert [archive.read(name) for name in archive.namelist()] == contents


def test_names_times_and_rights():
    [about] = read(b"".join(zipped([entry("antwort-ü.txt", b"x")]))).infolist()
    assert (about.filename, about.date_time) == ("antwort-ü.txt", (2026, 3, 2, 9, 30, 14))
    assert about.external_attr >> 16 == 0o644


def test_a_moment_before_the_format_begins_is_its_first():
    [about] = read(b"".join(zipped([entry("a", b"", moment=dt.datetime(1970, 1, 1))]))).infolist()
    assert about.date_time == (1980, 1, 1, 0, 0, 0)


def test_a_file_that_turns_out_shorter_is_whole_as_it_is():
    archive = read(b"".join(zipped([entry("a.bin", b"short", size=5000), entry("b.bin", b"after")])))
    assert archive.testzip() is None
    assert archive.read("a.bin") == b"short"


def test_no_piece_is_empty_and_each_comes_as_it_is_ready():
    asked = []

    def pieces():
        for number in range(3):
            asked.append(number)
            yield b"x" * 1000

    archive = zipped([Entry("a", 3000, MOMENT, pieces)])
    assert len(next(archive)) >= 1000
    assert asked == [0]
    assert all(archive)


def test_memory_does_not_grow_with_the_file():
    piece = bytes(256 * 1024)

    def pieces():
        for _each in range(400):
            yield piece

    tracemalloc.start()
    sent = sum(len(part) for part in zipped([Entry("large.bin", 400 * len(piece), MOMENT, pieces)]))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 100_000_000
    assert peak < 4_000_000


def test_files_of_more_than_four_gigabytes_are_announced_in_the_large_form():
    archive = zipped([entry("huge.bin", b"", size=5 * 2**30)])
    head = next(archive)
    assert head[:4] == b"PK\x03\x04" and b"\x01\x00" in head[30:]
    assert read(head + b"".join(archive)).testzip() is None
