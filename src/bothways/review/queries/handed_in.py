"""What was handed in for one stage and kit version, as the figures of agreement and of raters are made from it."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from bothways.interviews.models import InterviewState
from bothways.kits.models import Question
from bothways.review.agreement.drift import Rated
from bothways.review.combination import POINT, Asked, combine
from bothways.review.models import Agreement, Rating, Scorecard
from bothways.review.queries.asked import asked_of


@dataclass(frozen=True, slots=True)
class HandedIn:
    """`values` has each rater's number, None for not enough evidence, by interview, member and question."""

    questions: tuple[Question, ...]
    asked: tuple[Asked, ...]
    moments: dict[tuple[uuid.UUID, uuid.UUID], dt.datetime]
    values: dict[tuple[uuid.UUID, uuid.UUID], dict[uuid.UUID, int | None]]

    @property
    def raters(self) -> list[uuid.UUID]:
        return sorted({member for _, member in self.moments})

    def on(self, question: Question) -> dict[tuple[uuid.UUID, uuid.UUID], float]:
        """The numbers for one question, by interview and member."""
        given = {key: values.get(question.id) for key, values in self.values.items()}
        return {key: value for key, value in given.items() if value is not None}

    def overall(self) -> dict[tuple[uuid.UUID, uuid.UUID], float]:
        """Each rater's own mean of an interview, by the rule by which interviews are compared."""
        means = {key: self._overall(values) for key, values in self.values.items()}
        return {key: mean for key, mean in means.items() if mean is not None}

    def rated_by(self, member: uuid.UUID) -> list[Rated]:
        """A rater's scorecards beside the others' means, of no interview but those the rater has handed in."""
        sums: dict[tuple[uuid.UUID, uuid.UUID], list[int]] = defaultdict(list)
        for (interview, rater), values in self.values.items():
            if rater != member and (interview, member) in self.moments:
                for question, value in values.items():
                    if value is not None:
                        sums[interview, question].append(value)
        return [
            Rated(
                at=self.moments[interview, rater],
                values=tuple(values.get(question.id) for question in self.questions),
                others=tuple(_mean(sums.get((interview, question.id))) for question in self.questions),
            )
            for (interview, rater), values in self.values.items()
            if rater == member
        ]

    def _overall(self, values: dict[uuid.UUID, int | None]) -> float | None:
        given = [("", one.place, value) for one in self.questions if (value := values.get(one.id)) is not None]
        mean = combine(self.asked, given).mean
        return None if mean is None else mean / POINT


def handed_in(stage_id: uuid.UUID, kit_version_id: uuid.UUID) -> HandedIn:
    """Four queries. Drafts, previews and interviews that were taken back are not in it."""
    scorecards = scorecards_of(stage_id, kit_version_id)
    moments, keys, values = {}, {}, {}
    for scorecard_id, interview, member, at in scorecards.order_by("interview_id", "member_id").values_list(
        "id", "interview_id", "member_id", "submitted_at"
    ):
        moments[interview, member] = at
        keys[scorecard_id] = (interview, member)
        values[interview, member] = {}
    ratings = Rating.objects.filter(scorecard__in=scorecards)
    for scorecard_id, question, value in ratings.values_list("scorecard_id", "question_id", "value"):
        if scorecard_id in keys:  # handed in between the two queries: it comes with the next job
            values[keys[scorecard_id]][question] = value
    questions = tuple(Question.objects.filter(kit_version=kit_version_id))
    return HandedIn(questions, tuple(asked_of(questions)), moments, values)


def scorecards_of(stage_id: uuid.UUID, kit_version_id: uuid.UUID) -> QuerySet[Scorecard]:
    return _counted().filter(interview__stage=stage_id, interview__kit_version=kit_version_id)


def stages_with_other_scorecards() -> list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
    """Organization, stage and kit version whose figures were made of more or fewer scorecards than are there now.

    Two queries over everything that was handed in.
    """
    place = ("interview__organization_id", "interview__stage_id", "interview__kit_version_id")
    there = {row[:3]: row[3] for row in _counted().order_by().values_list(*place).annotate(many=Count("id"))}
    of_kits = Agreement.objects.filter(question=None, first=None)
    made = {
        row[:3]: row[3] for row in of_kits.values_list("organization_id", "stage_id", "kit_version_id", "scorecards")
    }
    return [key for key in {**there, **made} if there.get(key, 0) != made.get(key, 0)]


def _counted() -> QuerySet[Scorecard]:
    return Scorecard.objects.filter(
        submitted_at__isnull=False,
        interview__is_preview=False,
        interview__state=InterviewState.SUBMITTED,
    )


def _mean(values: list[int] | None) -> float | None:
    return sum(values) / len(values) if values else None
