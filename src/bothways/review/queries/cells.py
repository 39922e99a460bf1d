"""All that was given to one answer: who, which number, which note, and what was changed since."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from django.db.models import QuerySet

from bothways.kits.models import Question
from bothways.review.combination import FAR_APART
from bothways.review.models import Rating, RatingChange, Scorecard
from bothways.review.queries.rating_changes import current_value

Ratings = dict[tuple[uuid.UUID, uuid.UUID], Rating]
"""By scorecard and question, with their changes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one rater gives one answer. `value` None means "not enough evidence".

    `value` is what stands now; `changes` are those after handing in, the oldest first.
    """

    rater: str
    value: int | None
    note: str
    scorecard_id: uuid.UUID
    changes: tuple[RatingChange, ...] = ()

    @property
    def first_value(self) -> int | None:
        """What was handed in, before anybody else's was seen: the value for every figure of agreement."""
        return self.changes[0].old_value if self.changes else self.value


@dataclass(frozen=True, slots=True)
class Cell:
    """All marks for one answer."""

    question: Question
    marks: tuple[Mark, ...]

    def mark_of(self, scorecard: Scorecard) -> Mark | None:
        return next((mark for mark in self.marks if mark.scorecard_id == scorecard.id), None)

    @property
    def values(self) -> list[int]:
        return [mark.value for mark in self.marks if mark.value is not None]

    @property
    def mean(self) -> float | None:
        """None when nobody found enough evidence."""
        return fmean(self.values) if self.values else None

    @property
    def raters(self) -> int:
        return len(self.values)

    @property
    def spread(self) -> int:
        """The greatest difference between two raters; 0 for fewer than two."""
        return max(self.values) - min(self.values) if self.values else 0

    @property
    def is_far_apart(self) -> bool:
        return self.spread >= FAR_APART

    @property
    def was_far_apart(self) -> bool:
        """Whether the raters were far apart before they knew of one another."""
        first = [mark.first_value for mark in self.marks if mark.first_value is not None]
        return bool(first) and max(first) - min(first) >= FAR_APART


def ratings_of(ratings: QuerySet[Rating]) -> Ratings:
    """Two queries."""
    return {(rating.scorecard_id, rating.question_id): rating for rating in ratings.prefetch_related("changes")}


def cell_of(question: Question, scorecards: Iterable[Scorecard], ratings: Ratings) -> Cell:
    """The marks in the order of the scorecards, which have their members and users loaded."""
    marks = []
    for scorecard in scorecards:
        rating = ratings.get((scorecard.id, question.id))
        if rating is not None:
            changes = tuple(rating.changes.all())
            marks.append(Mark(scorecard.member.user.name, current_value(rating), rating.note, scorecard.id, changes))
    return Cell(question, tuple(marks))
