"""Stretches of a recording, in whole milliseconds, each `(start, end)` with `start < end`."""

from collections.abc import Iterable, Iterator

Span = tuple[int, int]


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same stretches, sorted and apart: what overlaps or touches becomes one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def length(spans: Iterable[Span]) -> int:
    """How long the stretches are together; what is in two of them counts twice."""
    return sum(end - start for start, end in spans)


def within(spans: Iterable[Span], duration: int) -> Iterator[Span]:
    """What of the stretches lies between 0 and `duration`."""
    for start, end in spans:
        start, end = max(0, start), min(end, duration)
        if start < end:
            yield start, end


def first(spans: Iterable[Span], budget: int) -> Iterator[Span]:
    """As much of the stretches, in their order, as `budget` milliseconds hold."""
    for start, end in spans:
        if budget <= 0:
            return
        kept = min(end - start, budget)
        yield start, start + kept
        budget -= kept
