"""Scorecards that only miss the recommendation."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Func, IntegerField, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Cast

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.positions.models import Stage
from bothways.review.models import Rating, Scorecard
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.inbox import unrated
from bothways.review.queries.scorecards import RATED

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


def complete(actor: Actor, stage: Stage, among: Collection[uuid.UUID] | None = None) -> QuerySet[Interview]:
    """Those of a stage, or of some in it, that this member has not handed in though every question has their rating.

    What is begun waits for whoever began it, so neither calibration nor what others gave is asked for.
    """
    bit = Cast(Value(1), IntegerField()).bitleftshift(F("place"))
    asked = Question.objects.filter(kit_version=OuterRef("interview__kit_version")).order_by()
    # Not `Sum`, which would group, and so sort, the questions of each interview by themselves.
    every_place = Subquery(asked.values(bits=Func(bit, function="SUM")), output_field=IntegerField())
    own = Scorecard.objects.filter(
        rated_places=every_place, member=actor.id, submitted_at=None, interview__stage=stage.id
    )
    if among is not None:
        own = own.filter(interview__in=among)
    return unrated(actor).filter(stage=stage.id, id__in=own.values("interview"))


def to_hand_in(actor: Actor, stage: Stage) -> tuple[list[Complete], int]:
    """The first of them, the longest wait first, and how many there are. Five queries, one if there are none, and
    nobody else's ratings are read."""
    counted = complete(actor, stage).annotate(every=Window(Count("*"))).order_by("submitted_at", "id")
    shown = dict(counted.values_list("id", "every")[:MOST_AT_ONCE])
    if not shown:
        return [], 0
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
    return found, next(iter(shown.values()))
