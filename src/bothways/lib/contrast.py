"""Contrast of two colors after WCAG 2.2, and the nearest color that people can read.

Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio and #dfn-relative-luminance.
"""

import re
from typing import NamedTuple

PAPER = "#fbfaf7"
"""The lightest ground of our pages, on which an accent stands as text and as a button."""

TEXT_RATIO = 4.5
"""Least contrast of text with its ground, WCAG 2.2 success criterion 1.4.3."""

_HEX = re.compile(r"#[0-9a-f]{6}")


class Accent(NamedTuple):
    """What we say about a color that somebody chose: its contrast on paper, and one that does if it does not."""

    color: str
    ratio: float
    suggestion: str

    @property
    def readable(self) -> bool:
        return self.ratio >= TEXT_RATIO


def is_hex(color: str) -> bool:
    """True for ``#`` and six lower-case hexadecimal digits, the only form that is stored."""
    return _HEX.fullmatch(color) is not None


def ratio(one: str, other: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colors, from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(_channels(one)), _luminance(_channels(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check_accent(color: str, ground: str = PAPER) -> Accent:
    """Judge an accent on its ground and offer the nearest darker one of the same hue that reaches `TEXT_RATIO`."""
    return Accent(color=color, ratio=ratio(color, ground), suggestion=nearest_readable(color, ground))


def nearest_readable(color: str, ground: str = PAPER) -> str:
    """The color itself where it can be read on `ground`, else the same hue mixed with as little black as is needed."""
    channels = _channels(color)
    for percent in range(101):
        candidate = _to_hex([channel * (100 - percent) / 100 for channel in channels])
        if ratio(candidate, ground) >= TEXT_RATIO:
            return candidate
    raise ValueError(f"nothing dark enough can be read on {ground}")


def _channels(color: str) -> list[float]:
    if not is_hex(color):
        raise ValueError(f"{color!r} is not a color like #1d5f4c")
    return [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def _luminance(channels: list[float]) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_hex(channels: list[float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
