"""Sharing out interviews among reviewers: who is picked next, and nothing else.

Picked is whoever has the fewest open assignments, then who had the fewest ever in this stage, then who was least often
together with those who rate the same interview, because two who always rate together are one opinion. What is still
equal is told apart by a keyed hash: no name and no order of joining is favored, and the same question has the same
answer.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reviewer:
    """`languages` in which this person rates, empty for all; `open` assignments anywhere, `ever` in this stage."""

    id: uuid.UUID
    languages: frozenset[str] = frozenset()
    open: int = 0
    ever: int = 0

    def speaks(self, language: str) -> bool:
        return not self.languages or language in self.languages


@dataclass(frozen=True, slots=True)
class ToAssign:
    """An interview that wants `missing` more raters than those who are on it. Who is `barred` is never picked."""

    id: uuid.UUID
    language: str
    missing: int
    on_it: tuple[uuid.UUID, ...] = ()
    barred: frozenset[uuid.UUID] = frozenset()

    def may_have(self, reviewer: Reviewer) -> bool:
        return reviewer.id not in self.barred and reviewer.id not in self.on_it and reviewer.speaks(self.language)


@dataclass(slots=True)
class Loads:
    """What was assigned so far. `together` goes by pairs, each the two sorted."""

    open: Counter[uuid.UUID] = field(default_factory=Counter)
    ever: Counter[uuid.UUID] = field(default_factory=Counter)
    together: Counter[tuple[uuid.UUID, uuid.UUID]] = field(default_factory=Counter)

    def add(self, reviewer: uuid.UUID, others: Iterable[uuid.UUID]) -> None:
        self.open[reviewer] += 1
        self.ever[reviewer] += 1
        self.together.update(pair(reviewer, other) for other in others)


def pair(one: uuid.UUID, other: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    return (one, other) if one < other else (other, one)


def share_out(
    reviewers: Iterable[Reviewer],
    interviews: Iterable[ToAssign],
    together: Counter[tuple[uuid.UUID, uuid.UUID]] | None = None,
) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Pairs of interview and reviewer, in the order of the interviews; fewer where too few may be picked."""
    pool = list(reviewers)
    loads = Loads(
        open=Counter({one.id: one.open for one in pool}),
        ever=Counter({one.id: one.ever for one in pool}),
        together=Counter(together or {}),
    )
    picked: list[tuple[uuid.UUID, uuid.UUID]] = []
    for interview in interviews:
        eligible = [one.id for one in pool if interview.may_have(one)]
        on_it = list(interview.on_it)
        for _turn in range(min(interview.missing, len(eligible))):
            chosen = min(eligible, key=lambda id_: _rank(id_, interview.id, on_it, loads))
            eligible.remove(chosen)
            loads.add(chosen, on_it)
            on_it.append(chosen)
            picked.append((interview.id, chosen))
    return picked


def _rank(
    reviewer: uuid.UUID, interview: uuid.UUID, on_it: list[uuid.UUID], loads: Loads
) -> tuple[int, int, int, bytes]:
    return (
        loads.open[reviewer],
        loads.ever[reviewer],
        sum(loads.together[pair(reviewer, other)] for other in on_it),
        hashlib.blake2b(reviewer.bytes, key=interview.bytes, digest_size=8).digest(),
    )
