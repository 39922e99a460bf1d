"""How far the people of a stage have come: the milestones, each said in one place, and what follows from them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from bothways.review.agreement.figures import FEWEST
from bothways.review.agreement.quality import tens


class Milestone(StrEnum):
    """Reached at: the invitation; the first look at the page; the first answer begun; the sending; the scorecard by
    which as many are in as the stage asks for; the decision to go on or to decline; the reply."""

    INVITED = "invited"
    OPENED = "opened"
    STARTED = "started"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    DECIDED = "decided"
    REPLIED = "replied"


@dataclass(frozen=True, slots=True)
class Way:
    """One person's way: when each milestone was reached. `device` and `mode` are how it began, empty where not known.

    `is_over` says that it was sent, or is over without.
    """

    at: dict[Milestone, dt.datetime]
    answered: frozenset[int] = frozenset()
    device: str = ""
    mode: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """How many reached a milestone, and the median seconds from the one before to it, of those who reached both."""

    milestone: Milestone
    people: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """People who have something in common. None stands for what would tell about fewer than ten."""

    key: str
    began: int | None
    sent: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """`questions` has how many answered each place. `asked_s` is what was asked of those who sent, `given_s` what the
    team watched or read, `replies` how many of them were written to."""

    people: int
    milestones: tuple[Reached, ...]
    questions: tuple[tuple[int, int], ...]
    devices: tuple[Group, ...]
    modes: tuple[Group, ...]
    asked_s: int
    given_s: int
    replies: int
    made_at: dt.datetime


def reached(ways: Sequence[Way]) -> tuple[Reached, ...]:
    """Each milestone with how many came so far, whatever became of them later."""
    found = []
    before: Milestone | None = None
    for milestone in Milestone:
        people = sum(milestone in way.at for way in ways)
        took = [
            (way.at[milestone] - way.at[before]).total_seconds()
            for way in ways
            if before is not None and milestone in way.at and before in way.at
        ]
        found.append(Reached(milestone, people, max(0.0, median(took)) if took else None))
        before = milestone
    return tuple(found)


def answered(ways: Iterable[Way], places: Iterable[int]) -> tuple[tuple[int, int], ...]:
    counted = Counter(place for way in ways for place in way.answered)
    return tuple((place, counted[place]) for place in sorted(places))


def groups(keys: Sequence[str], began: Sequence[tuple[str, bool]]) -> tuple[Group, ...]:
    """How many began in each group and how many of them sent, from who is over, the oldest first.

    Counted in tens, so that nobody is told from the one before. A group under ten is hidden, and what is hidden is
    nobody or at least ten people: else it could be had by subtraction. How many sent is told where ten did and ten did
    not.
    """
    rows = tens([row for row in began if row[0] in keys])
    many = Counter(key for key, _sent in rows)
    sent = Counter(key for key, has_sent in rows if has_sent)
    shown = {key for key in keys if many[key] >= FEWEST}
    while shown and 0 < sum(many[key] for key in keys if key not in shown) < FEWEST:
        shown.remove(min(shown, key=lambda key: many[key]))
    return tuple(
        Group(key, many[key], _told(sent[key], many[key])) if key in shown else Group(key, None, None) for key in keys
    )


def _told(sent: int, began: int) -> int | None:
    return sent if sent >= FEWEST and began - sent >= FEWEST else None
