"""Reading one's own scorecard."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.review.models import Rating, Scorecard

RATED = Q(value__isnull=False) | Q(not_enough_evidence=True)
"""Ratings that say something, as `is_rated` says of one."""


@dataclass(frozen=True, slots=True)
class OwnScorecard:
    """One member's own scorecard with a rating, perhaps unsaved and empty, for each question in the kit's order."""

    scorecard: Scorecard | None
    rows: list[tuple[Question, Rating | None]]

    @property
    def is_submitted(self) -> bool:
        return self.scorecard is not None and self.scorecard.submitted_at is not None

    @property
    def missing(self) -> list[int]:
        return [question.place for question, rating in self.rows if not is_rated(rating)]


def is_rated(rating: Rating | None) -> bool:
    return rating is not None and (rating.value is not None or rating.not_enough_evidence)


def own_scorecard(actor: Actor, interview: Interview) -> OwnScorecard:
    """Three queries, whatever the number of questions, and one for changes once it is handed in. Never reads anybody
    else's."""
    scorecard = Scorecard.objects.filter(interview=interview, member=actor.id).first()
    questions = Question.objects.filter(kit_version=interview.kit_version_id).select_related("competency")
    ratings = {rating.question_id: rating for rating in _with_changes(scorecard)} if scorecard else {}
    return OwnScorecard(scorecard, [(question, ratings.get(question.id)) for question in questions])


def unrated_places(scorecard: Scorecard) -> list[int]:
    """The places of the questions that have neither a number nor "not enough evidence"."""
    questions = Question.objects.filter(kit_version=scorecard.interview.kit_version_id)
    rated = {rating.question_id for rating in scorecard.ratings.all() if is_rated(rating)}
    return [question.place for question in questions if question.id not in rated]


def _with_changes(scorecard: Scorecard) -> QuerySet[Rating]:
    """Ratings can only have been changed after handing in."""
    ratings = scorecard.ratings.all()
    return ratings.prefetch_related("changes") if scorecard.submitted_at else ratings
