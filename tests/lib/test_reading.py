"""Lines of captions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothways.lib.reading import LINE, in_lines, width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Short.", ["Short."]),
        ("one  two\nthree", ["one two three"]),
        (
            "What did you say, and how did you know it was understood?",
            ["What did you say,", "and how did you know it was understood?"],
        ),
        (
            "これはとても長い日本語の文章です。どうやって分けるのでしょうか。",
            ["これはとても長い日本語の文章です。", "どうやって分けるのでしょうか。"],
        ),
        (
            "ما الذي شدّك إلى هذا العمل، وما الذي تعلّمته منه في السنة الأولى؟",
            ["ما الذي شدّك إلى هذا العمل،", "وما الذي تعلّمته منه في السنة الأولى؟"],
        ),
        ("x" * 50, ["x" * 42, "x" * 8]),
    ],
)
def test_lines_are_parted_where_one_breathes(text: str, lines: list[str]) -> None:
    assert in_lines(text).split("\n") == lines


@given(st.text(max_size=300) | st.text("ab ,漢字。", max_size=300))
def test_no_line_is_too_long_and_no_word_is_lost(text: str) -> None:
    broken = in_lines(text)
    assert all(width(line) <= LINE for line in broken.split("\n"))
    assert "".join(broken.split()) == "".join(text.split())
