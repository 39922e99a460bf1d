"""WCAG contrast against known values, and a suggestion that is always readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bothways.lib.contrast import PAPER, TEXT_RATIO, check_accent, is_hex, nearest_readable, ratio


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the well-known grey that just fails
        ("#767676", "#ffffff", 4.54),  # and the one that just passes
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_ratio_matches_published_values(one: str, other: str, expected: float) -> None:
    assert ratio(one, other) == pytest.approx(expected, abs=0.01)
    assert ratio(other, one) == ratio(one, other)


def test_a_dark_accent_is_kept() -> None:
    assert check_accent("#1d5f4c").readable
    assert nearest_readable("#1d5f4c") == "#1d5f4c"


def test_a_light_accent_is_answered_with_a_darker_one_of_its_hue() -> None:
    judged = check_accent("#d9a400")
    assert not judged.readable
    red, green, blue = (int(judged.suggestion[start : start + 2], 16) for start in (1, 3, 5))
    assert red > green > blue


@given(st.integers(min_value=0, max_value=0xFFFFFF))
def test_every_suggestion_can_be_read(number: int) -> None:
    assert ratio(nearest_readable(f"#{number:06x}"), PAPER) >= TEXT_RATIO


@pytest.mark.parametrize("text", ["1d5f4c", "#1D5F4C", "#1d5f4", "#1d5f4c0", "red", "", "#1d5f4c\n"])
def test_only_one_way_to_write_a_color(text: str) -> None:
    assert not is_hex(text)
