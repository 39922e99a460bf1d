"""RFC 9110, section 14, as far as players use it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothways.web.bytes.ranges import Unsatisfiable, wanted_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-1000", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-1000", (0, 100)),
        ("bytes=99-", (99, 100)),
    ],
)
def test_one_range(header: str, expected: tuple[int, int]) -> None:
    assert wanted_range(header, 100) == expected


@pytest.mark.parametrize(
    "header",
    [None, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=0-1,5-6", "items=0-1", "bytes=٠-١"],
)
def test_the_whole_is_given_for_what_is_no_single_range(header: str | None) -> None:
    assert wanted_range(header, 100) is None


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-5", 0)])
def test_behind_the_end(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        wanted_range(header, size)


@given(st.text(max_size=30).map("bytes=".__add__) | st.from_regex(r"bytes=\d{0,20}-\d{0,20}"), st.integers(0, 10**12))
def test_a_range_is_inside_or_refused(header: str, size: int) -> None:
    try:
        wanted = wanted_range(header, size)
    except Unsatisfiable:
        return
    assert wanted is None or 0 <= wanted[0] < wanted[1] <= size
