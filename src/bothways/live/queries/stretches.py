"""Which stretches of a talk belong to which question. Pure: of periods and askings, no row is read."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

MOST = dt.timedelta(minutes=20)
"""Nothing that is put together is longer; of a longer answer the end belongs to the rest of the talk."""

LEAST = dt.timedelta(seconds=1)
"""A question that was marked for a moment only was not asked."""

Stretch = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True)
class Part:
    """What was said to a question, in the order of time; without a question, what was said besides."""

    question_id: uuid.UUID | None
    stretches: list[Stretch] = field(default_factory=list)

    @property
    def length(self) -> dt.timedelta:
        return sum((end - begin for begin, end in self.stretches), dt.timedelta())


def parts_of(periods: Iterable[Stretch], asked: Sequence[tuple[dt.datetime, uuid.UUID | None]]) -> list[Part]:
    """The recorded periods cut where another question was asked: one part for each question, then the rest.

    `asked` has moments in their order, each with the question asked from then on; None: none any more.
    """
    questions: dict[uuid.UUID, Part] = {}
    rest: list[Stretch] = []
    for begin, end in periods:
        for question_id, stretch in _cut(begin, end, asked):
            if stretch[1] - stretch[0] < LEAST:
                continue
            if question_id is None:
                rest.append(stretch)
                continue
            part = questions.setdefault(question_id, Part(question_id))
            fits, left = _split(stretch, MOST - part.length)
            part.stretches.extend(fits)
            rest.extend(left)
    return [*questions.values(), *_packed(sorted(rest))]


def _cut(
    begin: dt.datetime, end: dt.datetime, asked: Sequence[tuple[dt.datetime, uuid.UUID | None]]
) -> Iterable[tuple[uuid.UUID | None, Stretch]]:
    current = next((question for at, question in reversed(asked) if at <= begin), None)
    for at, question in asked:
        if begin < at < end:
            yield current, (begin, at)
            begin = at
            current = question
    yield current, (begin, end)


def _split(stretch: Stretch, most: dt.timedelta) -> tuple[list[Stretch], list[Stretch]]:
    """What fits into `most`, and what is left."""
    begin, end = stretch
    middle = min(end, begin + max(most, dt.timedelta()))
    return [(begin, middle)] if middle - begin >= LEAST else [], [(middle, end)] if end - middle >= LEAST else []


def _packed(rest: Iterable[Stretch]) -> list[Part]:
    """The rest in parts of MOST, each as full as it gets."""
    parts: list[Part] = []
    for stretch in rest:
        left = [stretch]
        while left:
            if not parts or MOST - parts[-1].length < LEAST:
                parts.append(Part(None))
            fits, left = _split(left[0], MOST - parts[-1].length)
            parts[-1].stretches.extend(fits)
    return parts
