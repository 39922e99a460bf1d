"""Some questions of a kit in one number, so that databases can keep, compare and count them: 1 << place, added up."""

from collections.abc import Iterable


def bits_of(places: Iterable[int]) -> int:
    """The number for the questions at these places, each named once."""
    return sum(1 << place for place in places)


def has_place(bits: int, place: int) -> bool:
    return bits & bits_of([place]) != 0
