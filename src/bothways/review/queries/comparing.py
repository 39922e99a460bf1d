"""Scorecards side by side. Ratings are combined by rule only: mean over raters, mean over competencies, equal weights.

Source of the rule: Conway, Jako & Goodman (1995): combining ratings mechanically helps, subjectively it does not.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview, InterviewState
from bothways.kits.models import KitVersion, Question
from bothways.positions.models import Stage
from bothways.review.models import Decision, Rating, RatingChange, Scorecard
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.raters import is_rater
from bothways.review.queries.rating_changes import current_value

FAR_APART = 2
"""Two raters of one answer who differ by this much are far apart."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one rater gives one answer. `value` None means "not enough evidence".

    `value` is what stands now; `changes` are those after handing in, the oldest first.
    """

    rater: str
    value: int | None
    note: str
    scorecard_id: uuid.UUID | None = None
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

    @property
    def is_changed(self) -> bool:
        return any(mark.changes for mark in self.marks)

    @property
    def level(self) -> int | None:
        """The mean as a whole number from 1 to 5, halves up, for the color of the cell."""
        return None if self.mean is None else int(self.mean + 0.5)


@dataclass(frozen=True, slots=True)
class Overall:
    """The mean over competencies with what it rests on: how many of them, from where to where, by how many raters."""

    mean: float | None
    lowest: float | None
    highest: float | None
    competencies: int
    of_competencies: int
    raters: int


@dataclass(frozen=True, slots=True)
class Row:
    """One interview with its submitted scorecards."""

    interview: Interview
    name: str
    name_hidden: bool
    cells: tuple[Cell, ...]
    overall: Overall
    scorecards: tuple[Scorecard, ...]
    wanted: int
    decision: Decision | None

    @property
    def were_far_apart(self) -> list[Cell]:
        """Where the raters did not agree when they handed in; later changes do not make agreement."""
        return [cell for cell in self.cells if cell.was_far_apart]

    def cell(self, question: Question) -> Cell:
        return next(cell for cell in self.cells if cell.question.id == question.id)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`waiting` were sent and have no scorecard yet; `closed` have some, but this viewer's own is not in."""

    questions: tuple[Question, ...]
    rows: tuple[Row, ...]
    waiting: int
    closed: int


def compare(actor: Actor, stage: Stage, kit_version: KitVersion) -> Comparison:
    """What this member may see of a stage, the highest mean first, equal means by code name. At most eight queries.

    Who rates in the stage gets the interviews for which their own scorecard is in; nothing of the others is read.
    """
    sent = Interview.objects.filter(
        organization=actor.organization_id,
        stage=stage,
        kit_version=kit_version,
        is_preview=False,
        state=InterviewState.SUBMITTED,
    ).annotate(rated=Exists(_submitted()))
    visible = readable(actor, stage, sent)
    questions = tuple(kit_version.questions.select_related("competency"))
    interviews = list(
        with_shown_name(visible, actor.id, after_decision=True).select_related("application").order_by("code_name")
    )
    counted = sent.aggregate(begun=Count("pk", filter=Q(rated=True)), waiting=Count("pk", filter=Q(rated=False)))
    rows = rows_of(stage, questions, interviews)
    return Comparison(questions, tuple(rows), counted["waiting"], counted["begun"] - len(interviews))


def readable(actor: Actor, stage: Stage, interviews: QuerySet[Interview]) -> QuerySet[Interview]:
    """Those interviews of the stage whose scorecards this member may see now. One query."""
    if is_rater(actor, stage.id):
        return interviews.filter(Exists(_submitted().filter(member=actor.id)))
    return interviews.filter(Exists(_submitted()))


def kit_versions(stage: Stage) -> list[KitVersion]:
    """The kit versions that were answered in this stage, the newest first. One query."""
    used = Interview.objects.filter(stage=stage, is_preview=False, state=InterviewState.SUBMITTED)
    return list(KitVersion.objects.filter(pk__in=used.values("kit_version")).order_by("-created_at"))


def overall(cells: Iterable[Cell], raters: int) -> Overall:
    """Mean over raters for each answer, over answers for each competency, over competencies with equal weight.

    A competency for which nobody found enough evidence is left out, and counted as missing.
    """
    means: dict[uuid.UUID, list[float]] = defaultdict(list)
    competencies = set()
    for cell in cells:
        key = cell.question.competency_id or cell.question.id
        competencies.add(key)
        if cell.mean is not None:
            means[key].append(cell.mean)
    each = [fmean(values) for values in means.values()]
    return Overall(
        mean=fmean(each) if each else None,
        lowest=min(each, default=None),
        highest=max(each, default=None),
        competencies=len(each),
        of_competencies=len(competencies),
        raters=raters,
    )


def _submitted() -> QuerySet[Scorecard]:
    return Scorecard.objects.filter(interview=OuterRef("pk"), submitted_at__isnull=False)


def rows_of(stage: Stage, questions: tuple[Question, ...], interviews: list[Interview]) -> list[Row]:
    """Interviews with `shown_name` and `name_hidden` as rows, the highest mean first. Three queries."""
    scorecards: dict[uuid.UUID, list[Scorecard]] = defaultdict(list)
    handed_in = Scorecard.objects.filter(interview__in=interviews, submitted_at__isnull=False)
    for scorecard in handed_in.select_related("member__user").order_by("submitted_at"):
        scorecards[scorecard.interview_id].append(scorecard)
    ratings: dict[tuple[uuid.UUID, uuid.UUID], Rating] = {
        (rating.scorecard_id, rating.question_id): rating
        for rating in Rating.objects.filter(scorecard__in=handed_in).prefetch_related("changes")
    }
    decisions = {
        decision.interview_id: decision
        for decision in Decision.objects.filter(interview__in=interviews)
        .select_related("decided_by__user")
        .order_by("created_at", "id")
    }
    rows = []
    for interview in interviews:
        mine = scorecards[interview.id]
        cells = tuple(_cell(question, mine, ratings) for question in questions)
        rows.append(
            Row(
                interview=interview,
                name=interview.shown_name,
                name_hidden=interview.name_hidden,
                cells=cells,
                overall=overall(cells, len(mine)),
                scorecards=tuple(mine),
                wanted=stage.raters_wanted,
                decision=decisions.get(interview.id),
            )
        )
    return sorted(rows, key=lambda row: -(row.overall.mean or 0))


def _cell(question: Question, scorecards: list[Scorecard], ratings: dict[tuple[uuid.UUID, uuid.UUID], Rating]) -> Cell:
    marks = []
    for scorecard in scorecards:
        rating = ratings.get((scorecard.id, question.id))
        if rating is not None:
            changes = tuple(rating.changes.all())
            marks.append(Mark(scorecard.member.user.name, current_value(rating), rating.note, scorecard.id, changes))
    return Cell(question, tuple(marks))
