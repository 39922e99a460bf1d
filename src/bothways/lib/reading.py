"""What of a caption can be read while it is shown, and its lines: figures of the guides of broadcasters (BBC, Netflix).

Who has a reason may go beyond them. Wide characters (Chinese, Japanese, Korean)
count as two, marks above and below a letter do not count.
"""

import re
import unicodedata

LINES = 2
LINE = 42
"""Characters in a line."""

PER_SECOND = 20
"""Characters that are read in a second."""

SHORTEST_MS = 1_000
LONGEST_MS = 7_000
GAP_MS = 80
"""Two pictures: without a gap one does not see that the caption has changed."""

_COMMAS = ",;:.!?،؛؟、，。—–"


def width(text: str) -> int:
    """Characters as a reader's eye counts them."""
    return sum(_width(character) for character in text)


def in_lines(text: str) -> str:
    """The same words in as few lines as they need, about equally long, and parted after a comma rather than elsewhere.

    A word longer than a line is parted, too.
    """
    text = " ".join(text.split())
    if width(text) <= LINE:
        return text
    count = -(-width(text) // LINE)
    wanted = width(text) / count
    places = [place for place in _gaps(text) if width(text[:place].strip()) <= LINE]
    if count == LINES:
        fitting = [place for place in places if width(text[place:].strip()) <= LINE]
        places = fitting or places
    place = min(places, key=lambda place: _detour(text, place, wanted)) if places else _hard_place(text)
    return f"{text[:place].strip()}\n{in_lines(text[place:])}"


def _gaps(text: str) -> list[int]:
    """Where a line may end: at a space, and between wide characters."""
    spaces = [found.start() for found in re.finditer(" ", text)]
    wide = [place for place in range(1, len(text)) if _width(text[place - 1]) == 2 and text[place] not in _COMMAS]
    return sorted({*spaces, *wide})


def _detour(text: str, place: int, wanted: float) -> float:
    """How far a line's end is from where we would like it. A comma, where one breathes, is worth twelve characters."""
    return abs(width(text[:place]) - wanted) - (12 if text[place - 1] in _COMMAS else 0)


def _hard_place(text: str) -> int:
    return max(place for place in range(1, len(text)) if width(text[:place]) <= LINE)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
