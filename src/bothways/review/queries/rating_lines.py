"""All ratings of a stage, one line for each, in the order of code names: what an export hands out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.kits.models import KitVersion
from bothways.positions.models import Stage
from bothways.review.models import Rating
from bothways.review.queries import heat
from bothways.review.queries.comparing import kit_versions
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.scorecard_rows import Row, rows_of

CHUNK = 400
"""Interviews read at once."""


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One rating as the page that compares shows it. A value of None says "not enough evidence".

    `first_value` is what was handed in, `reasons` why it was changed since, the first change first. `overall` is the
    mean of the interview over all who handed in, `overall_note` what this rater wrote about it all.
    """

    who: str
    name_hidden: bool
    kit_version: int
    place: int
    question: str
    competency: str
    rater: str
    value: int | None
    first_value: int | None
    reasons: tuple[str, ...]
    note: str
    handed_in_at: dt.datetime
    recommendation: str
    overall_note: str
    overall: float | None


def count_ratings(actor: Actor, stage: Stage) -> int:
    """How many lines `rating_lines` gives this member now. Two queries."""
    return Rating.objects.filter(
        scorecard__submitted_at__isnull=False, scorecard__interview__in=_sent(actor, stage).values("pk")
    ).count()


def rating_lines(actor: Actor, stage: Stage, size: int = CHUNK) -> Iterator[list[RatingLine]]:
    """Lines in chunks, of `size` interviews each, by kit version (the newest first), code name, rater and question.

    Each chunk is five queries of its own, so that no cursor stays open however slowly the lines are fetched; two more
    come before each kit version, and one before all. Nothing is read of interviews whose scorecards this member may
    not see.
    """
    for version in kit_versions(stage):
        yield from _lines_of_version(actor, stage, version, size)


def _lines_of_version(actor: Actor, stage: Stage, version: KitVersion, size: int) -> Iterator[list[RatingLine]]:
    questions = tuple(version.questions.select_related("competency"))
    shown = with_shown_name(_sent(actor, stage).filter(kit_version=version), actor.id, after_decision=True)
    ordered = shown.order_by("code_name")
    behind = ""
    while True:
        interviews = list(ordered.filter(code_name__gt=behind)[:size])
        if interviews:
            behind = interviews[-1].code_name
            yield [line for row in rows_of(questions, interviews) for line in _lines_of(row, version)]
        if len(interviews) < size:
            return


def _lines_of(row: Row, version: KitVersion) -> Iterator[RatingLine]:
    for scorecard in row.scorecards:
        for cell in row.cells:
            mark = cell.mark_of(scorecard)
            if mark is not None:
                yield RatingLine(
                    who=row.name,
                    name_hidden=row.name_hidden,
                    kit_version=version.number,
                    place=cell.question.place,
                    question=cell.question.text,
                    competency=cell.question.competency.name if cell.question.competency else "",
                    rater=mark.rater,
                    value=mark.value,
                    first_value=mark.first_value,
                    reasons=tuple(change.reason for change in mark.changes),
                    note=mark.note,
                    handed_in_at=scorecard.submitted_at,
                    recommendation=scorecard.get_recommendation_display(),
                    overall_note=scorecard.note,
                    overall=row.overall.mean,
                )


def _sent(actor: Actor, stage: Stage) -> QuerySet[Interview]:
    return heat.sent(actor, stage).filter(is_visible=True, summary__isnull=False)
