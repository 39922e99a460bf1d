"""What a document consists of, before anybody knows which letters it needs."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """It never stands alone at the foot of a page: `room_mm` come after it on the same one."""

    text: str
    room_mm: float = 30


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. `size` in points; `is_spoken` for the words of people, which stand in serif and are never bold;
    `after_mm` is the room below. With `beside_mark` it stands beside the last mark.
    """

    text: str
    size: float = 10
    is_spoken: bool = False
    is_bold: bool = False
    is_soft: bool = False
    in_accent: bool = False
    beside_mark: bool = False
    after_mm: float = 1


@dataclass(frozen=True, slots=True)
class LevelMark:
    """One rating as a square as deep as its level; None where there was not enough evidence."""

    value: int | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """The line from 1 to 5 with a ring for each rater."""

    values: Sequence[int]
    text: str = ""


Block = Title | Heading | Words | LevelMark | SpreadLine
