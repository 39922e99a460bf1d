"""Whole interviews with their handed-in scorecards, for what leaves the product: exports, papers and shares."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.review.combination import POINT
from bothways.review.models import Rating, Scorecard, Summary
from bothways.review.queries.cells import Cell, cell_of, ratings_of


@dataclass(frozen=True, slots=True)
class Overall:
    """The weighted mean over competencies with what it rests on: how many of them, from where to where, by how many
    raters. In points, to the thousandth."""

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

    def cell(self, question: Question) -> Cell:
        return next(cell for cell in self.cells if cell.question.id == question.id)


def rows_of(questions: tuple[Question, ...], interviews: list[Interview]) -> list[Row]:
    """Interviews with `shown_name` and `name_hidden`, in their order, all with these questions. Four queries.

    Their means are those that the table of the stage shows.
    """
    scorecards: dict[uuid.UUID, list[Scorecard]] = defaultdict(list)
    handed_in = Scorecard.objects.filter(interview__in=interviews, submitted_at__isnull=False)
    for scorecard in handed_in.select_related("member__user").order_by("submitted_at", "id"):
        scorecards[scorecard.interview_id].append(scorecard)
    ratings = ratings_of(Rating.objects.filter(scorecard__in=handed_in))
    summaries = {one.interview_id: one for one in Summary.objects.filter(interview__in=interviews)}
    competencies = len({question.competency_id or question.id for question in questions})
    return [
        Row(
            interview=interview,
            name=interview.shown_name,
            name_hidden=interview.name_hidden,
            cells=tuple(cell_of(question, scorecards[interview.id], ratings) for question in questions),
            overall=_overall(summaries.get(interview.id), competencies),
            scorecards=tuple(scorecards[interview.id]),
        )
        for interview in interviews
    ]


def _overall(summary: Summary | None, of_competencies: int) -> Overall:
    if summary is None:
        return Overall(None, None, None, 0, of_competencies, 0)
    return Overall(
        mean=_points(summary.mean),
        lowest=_points(summary.lowest),
        highest=_points(summary.highest),
        competencies=summary.competencies,
        of_competencies=of_competencies,
        raters=summary.raters,
    )


def _points(thousandths: int | None) -> float | None:
    return None if thousandths is None else thousandths / POINT
