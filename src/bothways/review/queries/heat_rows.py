"""The rows of the table of a stage: what each shows, loaded for one page at once."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.kits.models import KitVersion, Question
from bothways.review.combination import FAR_APART, POINT
from bothways.review.models import Shortlisted, Summary, SummaryCell
from bothways.review.queries.decisions import outcomes, undecided
from bothways.review.queries.identity import with_shown_name


@dataclass(frozen=True, slots=True)
class Column:
    """One competency of the kit, by the place of its first question. `name` is empty where none was given."""

    place: int
    places: tuple[int, ...]
    name: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """`mean` in thousandths, None without evidence; `spread` is the greatest difference on one answer. Both are of what
    stands now; `is_changed` says that not all of it was handed in so."""

    place: int
    mean: int | None
    raters: int
    spread: int
    is_changed: bool = False

    @property
    def is_far_apart(self) -> bool:
        return self.spread >= FAR_APART

    @property
    def level(self) -> int | None:
        """The mean as a whole number from 1 to 5, halves up, for the tint of the cell."""
        return None if self.mean is None else (self.mean + POINT // 2) // POINT


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One interview. `is_closed`: this viewer's own scorecard comes first, and nothing else of the row is filled.

    `summary` is None before the first scorecard is in; means in it are thousandths.
    """

    id: uuid.UUID
    name: str
    name_hidden: bool
    is_closed: bool
    summary: Summary | None
    cells: tuple[HeatCell, ...]
    decision: str
    can_be_decided: bool
    is_shortlisted: bool


def columns_of(version: KitVersion) -> tuple[list[Question], tuple[Column, ...]]:
    """The questions of a kit version, and the competencies they make up, in the order of the kit. One query."""
    questions = list(version.questions.select_related("competency").order_by("place"))
    grouped: dict[uuid.UUID, list[Question]] = defaultdict(list)
    for question in questions:
        grouped[question.competency_id or question.id].append(question)
    return questions, tuple(
        Column(
            place=mine[0].place,
            places=tuple(question.place for question in mine),
            name=mine[0].competency.name if mine[0].competency else "",
        )
        for mine in grouped.values()
    )


def rows_of(actor: Actor, shown: tuple[Column, ...], ids: list[uuid.UUID], visible: set[uuid.UUID]) -> list[HeatRow]:
    """These interviews in their order; of those that are not `visible` nothing but who it is. Seven queries at most."""
    own = Interview.objects.filter(organization=actor.organization_id)
    named = {
        interview.id: interview
        for some, after_decision in ((visible, True), (set(ids) - visible, False))
        for interview in with_shown_name(own.filter(id__in=some), actor.id, after_decision=after_decision)
    }
    summaries = {one.interview_id: one for one in Summary.objects.filter(interview__in=visible)}
    cells: dict[uuid.UUID, dict[int, SummaryCell]] = defaultdict(dict)
    for cell in SummaryCell.objects.filter(summary__interview__in=visible):
        cells[cell.summary_id][cell.place] = cell
    decided = outcomes(visible)
    marked = set(Shortlisted.objects.filter(interview__in=visible).values_list("interview_id", flat=True))
    waits: set[uuid.UUID] = set()
    if actor.may_recruit:
        waits = set(undecided(actor.organization_id).filter(id__in=visible).values_list("id", flat=True))
    rows = []
    for id_ in ids:
        summary = summaries.get(id_)
        rows.append(
            HeatRow(
                id=id_,
                name=named[id_].shown_name,
                name_hidden=named[id_].name_hidden,
                is_closed=id_ not in visible,
                summary=summary,
                cells=tuple(_cell(cells[summary.id].get(one.place), one.place) for one in shown) if summary else (),
                decision=decided.get(id_, ""),
                can_be_decided=id_ in waits,
                is_shortlisted=id_ in marked,
            )
        )
    return rows


def _cell(kept: SummaryCell | None, place: int) -> HeatCell:
    if kept is None:
        return HeatCell(place, None, 0, 0)
    return HeatCell(place, kept.mean, kept.raters, kept.spread, kept.is_changed)
