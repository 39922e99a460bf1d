"""Scorecards that only miss the recommendation."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.positions.models import Stage
from bothways.review.models import Rating, Scorecard
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.inbox import waiting
from bothways.review.queries.rounds import RATED

MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Complete:
    """One's own scorecard with a rating for each question, in the order of the kit, and the name that may be read."""

    interview: Interview
    scorecard: Scorecard
    rows: tuple[tuple[Question, Rating], ...]

    @property
    def who(self) -> str:
        return self.interview.shown_name


def complete(actor: Actor, stage: Stage) -> QuerySet[Interview]:
    """Those of a stage that wait for this member's scorecard, and of which every question has their rating."""
    rated = Rating.objects.filter(
        RATED,
        question=OuterRef("pk"),
        scorecard__member=actor.id,
        scorecard__interview=OuterRef(OuterRef("pk")),
    )
    unrated = Question.objects.filter(kit_version=OuterRef("kit_version")).exclude(Exists(rated))
    begun = Scorecard.objects.filter(interview=OuterRef("pk"), member=actor.id)
    return waiting(actor).filter(Exists(begun), ~Exists(unrated), stage=stage.id)


def to_hand_in(actor: Actor, stage: Stage) -> list[Complete]:
    """The first of them, the longest wait first. Four queries, and nobody else's ratings are read."""
    shown = complete(actor, stage).order_by("submitted_at", "id").values("id")[:MOST_AT_ONCE]
    interviews = list(
        with_shown_name(Interview.objects.filter(id__in=shown), actor.id)
        .select_related("stage", "position")
        .order_by("submitted_at", "id")
    )
    scorecards = {
        scorecard.interview_id: scorecard
        for scorecard in Scorecard.objects.filter(interview__in=interviews, member=actor.id)
    }
    questions: dict[uuid.UUID, list[Question]] = defaultdict(list)
    for question in Question.objects.filter(kit_version__in={one.kit_version_id for one in interviews}).select_related(
        "competency"
    ):
        questions[question.kit_version_id].append(question)
    ratings = {
        (rating.scorecard_id, rating.question_id): rating
        for rating in Rating.objects.filter(RATED, scorecard__in=scorecards.values())
    }
    found = []
    for interview in interviews:
        scorecard = scorecards[interview.id]
        rows = tuple((question, ratings[scorecard.id, question.id]) for question in questions[interview.kit_version_id])
        found.append(Complete(interview, scorecard, rows))
    return found
