"""The rows of the table of a stage: what each shows, loaded for one page at once."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.kits.models import KitVersion, Question
from bothways.lib.has import Has
from bothways.review.combination import FAR_APART, POINT
from bothways.review.models import Shortlisted, Summary, SummaryCell
from bothways.review.queries.decisions import is_undecided, last_outcome
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
    """These interviews in their order; of those that are not `visible` nothing but who it is. Four queries at most."""
    about = _about(actor, visible, set(ids) - visible)
    summaries = {one.interview_id: one for one in Summary.objects.filter(interview__in=visible)}
    kept = SummaryCell.objects.filter(summary__in=[one.id for one in summaries.values()])
    cells: dict[uuid.UUID, dict[int, HeatCell]] = defaultdict(dict)
    for summary_id, *cell in kept.values_list("summary_id", "place", "mean", "raters", "spread", "is_changed"):
        cells[summary_id][cell[0]] = HeatCell(*cell)
    empty = {one.place: HeatCell(one.place, None, 0, 0) for one in shown}
    rows = []
    for id_ in ids:
        summary = summaries.get(id_)
        name, name_hidden, decision, can_be_decided, is_shortlisted = about[id_]
        rows.append(
            HeatRow(
                id=id_,
                name=name,
                name_hidden=name_hidden,
                is_closed=id_ not in visible,
                summary=summary,
                cells=tuple(cells[summary.id].get(one.place) or empty[one.place] for one in shown) if summary else (),
                decision=decision,
                can_be_decided=can_be_decided,
                is_shortlisted=is_shortlisted,
            )
        )
    return rows


def _about(actor: Actor, visible: set[uuid.UUID], closed: set[uuid.UUID]) -> dict[uuid.UUID, tuple[Any, ...]]:
    """Of each: the name as it is shown, whether it hides another, what was decided, whether it can be, and whether they
    are on the shortlist; of the `closed` as if nothing was.
    """
    own = Interview.objects.filter(organization=actor.organization_id)
    fields = ("id", "shown_name", "name_hidden")
    about: dict[uuid.UUID, tuple[Any, ...]] = {}
    if visible:
        named = with_shown_name(own.filter(id__in=visible), actor.id, after_decision=True)
        waits = is_undecided() if actor.may_recruit else Value(False)
        more = (Coalesce(last_outcome(), Value("")), waits, Has(Shortlisted, interview=F("pk")))
        about |= {id_: tuple(said) for id_, *said in named.values_list(*fields, *more)}
    if closed:
        named = with_shown_name(own.filter(id__in=closed), actor.id)
        about |= {id_: (*said, "", False, False) for id_, *said in named.values_list(*fields)}
    return about
