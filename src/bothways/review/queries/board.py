"""Where everybody in a position stands, as columns of cards for each stage.

Who rates in a stage gets nothing of what others gave before their own scorecard is in: such an interview stands in a
column of its own, whatever was given to it or decided about it, and nothing but its promised date orders the cards.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from django.db import connection
from django.db.models import Case, CharField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from bothways.accounts.actors import Actor
from bothways.interviews.models import UNFINISHED, Interview, InterviewState
from bothways.positions.models import ApplicationState, Assigning, Position, Stage, StageReviewer
from bothways.review.models import Decision, Outcome
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.raters import assigned_to

COLUMN_SIZE = 20
"""Cards of a column at a time. A board is looked over, not read: the table of the stage lists everybody."""
NO_DAY = dt.date(9999, 12, 31)
"""Behind every promised day: who has not sent answers is promised nothing yet."""


class Column(StrEnum):
    """In the order in which they stand. `MINE` waits for the viewer's own scorecard."""

    ANSWERING = "answering"
    MINE = "mine"
    TO_REVIEW = "to_review"
    REVIEWED = "reviewed"
    HELD = "held"
    ADVANCED = "advanced"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last card of a part of a column: the next part begins right behind it."""

    day: dt.date
    deadline: dt.datetime
    id: uuid.UUID

    def __str__(self) -> str:
        return f"{self.day.isoformat()}_{self.deadline.isoformat()}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor of an address, or None for anything that is none: the column then begins at its start."""
        try:
            day, deadline, id_ = text.split("_")
            cursor = cls(dt.date.fromisoformat(day), dt.datetime.fromisoformat(deadline), uuid.UUID(id_))
        except ValueError:
            return None
        return cursor if cursor.deadline.tzinfo else None


@dataclass(frozen=True, slots=True)
class Card:
    """One interview. `raters` is how many scorecards are in, None where this viewer may not know it yet."""

    id: uuid.UUID
    name: str
    name_hidden: bool
    state: str
    reply_by: dt.date | None
    deadline: dt.datetime
    raters: int | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One column of one stage: how many there are, the first of them, and where the next ones begin."""

    column: Column
    count: int
    cards: tuple[Card, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class StageLanes:
    stage: Stage
    lanes: tuple[Lane, ...]

    @property
    def count(self) -> int:
        return sum(lane.count for lane in self.lanes)


def board(actor: Actor, position: Position) -> list[StageLanes]:
    """The stages in their order, each with all its columns. Four queries at most, whatever the number of people."""
    stages = list(position.stages.order_by("place"))
    if not stages:
        return []
    mine = own_stages(actor, stages)
    found: dict[tuple[uuid.UUID, str], list[uuid.UUID]] = defaultdict(list)
    counts: dict[tuple[uuid.UUID, str], int] = {}
    lanes = {stage.id: [one for one in Column if one != Column.MINE or stage.id in mine] for stage in stages}
    every = [(stage, column) for stage in stages for column in lanes[stage.id]]
    for stage_id, column, people, id_ in _first(_placed(actor, position, stages, mine), every):
        found[stage_id, column].append(id_)
        counts[stage_id, column] = people
    shown = [(id_, column) for (_, column), ids in found.items() for id_ in ids[:COLUMN_SIZE]]
    cards = _cards(actor, shown)
    return [
        StageLanes(
            stage,
            tuple(
                _lane(column, counts.get((stage.id, column), 0), found.get((stage.id, column), []), cards)
                for column in lanes[stage.id]
            ),
        )
        for stage in stages
    ]


def lane(actor: Actor, stage: Stage, column: Column, after: Cursor | None, *, counted: bool = True) -> Lane:
    """The part of one column that begins behind `after`; its count is 0 unless `counted`, because counting reads the
    whole column. Four queries at most."""
    mine = own_stages(actor, [stage])
    placed = _placed(actor, stage.position, [stage], mine).filter(stage=stage, column=column)
    behind = placed
    if after is not None:
        tied = Q(day=after.day)
        behind = placed.filter(
            Q(day__gt=after.day)
            | tied & Q(deadline__gt=after.deadline)
            | tied & Q(deadline=after.deadline, id__gt=after.id)
        )
    ids = list(behind.order_by("day", "deadline", "id").values_list("id", flat=True)[: COLUMN_SIZE + 1])
    cards = _cards(actor, [(id_, column) for id_ in ids[:COLUMN_SIZE]])
    return _lane(column, placed.count() if counted else 0, ids, cards)


def column_of(actor: Actor, interview: Interview) -> Column:
    """Where one interview stands for this viewer. Two queries."""
    mine = own_stages(actor, [interview.stage])
    placed = _placed(actor, interview.position, [interview.stage], mine)
    return Column(placed.filter(id=interview.id).values_list("column", flat=True)[0])


def own_stages(actor: Actor, stages: Iterable[Stage]) -> set[uuid.UUID]:
    """In which of the stages the viewer rates. One query."""
    rates = StageReviewer.objects.filter(stage__in=list(stages), member=actor.id)
    return set(rates.values_list("stage_id", flat=True))


def _placed(actor: Actor, position: Position, stages: list[Stage], mine: set[uuid.UUID]) -> QuerySet[Interview]:
    """Everybody in the position with `column`, and with `day`, by which they come in it. The position says whose the
    rows are."""
    rows = Interview.objects.filter(position=position, is_preview=False).annotate(
        standing=FilteredRelation(
            "decisions",
            condition=Q(decisions__reversed_at=None, decisions__outcome__in=[Outcome.ADVANCE, Outcome.DECLINE]),
        ),
        day=Coalesce(F("reply_by"), Value(NO_DAY)),
    )
    is_mine = []
    if mine:
        own = FilteredRelation(
            "scorecards", condition=Q(scorecards__member=actor.id, scorecards__submitted_at__isnull=False)
        )
        rows = rows.annotate(own=own)
        shared_out = [stage.id for stage in stages if stage.assignment != Assigning.EVERYBODY]
        theirs = ~Q(stage__in=shared_out) | Q(assigned_to(actor)) if shared_out else Q()
        is_mine = [When(theirs & Q(stage__in=mine, own__id__isnull=True), then=Value(Column.MINE))]
    complete = Q()
    for stage in stages:
        complete |= Q(stage=stage, summary__raters__gte=stage.raters_wanted)
    held = Decision.objects.filter(interview=OuterRef("pk"), reversed_at=None, outcome=Outcome.HOLD)
    return rows.annotate(
        column=Case(
            When(state__in=UNFINISHED, then=Value(Column.ANSWERING)),
            When(~Q(state=InterviewState.SUBMITTED), then=Value(Column.ENDED)),
            *is_mine,
            When(standing__outcome=Outcome.ADVANCE, then=Value(Column.ADVANCED)),
            When(standing__outcome=Outcome.DECLINE, then=Value(Column.DECLINED)),
            When(application__state=ApplicationState.WITHDRAWN, then=Value(Column.ENDED)),
            When(Exists(held), then=Value(Column.HELD)),
            When(complete, then=Value(Column.REVIEWED)),
            default=Value(Column.TO_REVIEW),
            output_field=CharField(),
        )
    )


def _first(
    placed: QuerySet[Interview], lanes: Iterable[tuple[Stage, Column]]
) -> list[tuple[uuid.UUID, str, int, uuid.UUID]]:
    """Stage, column, how many are in it, and an interview: the first of each of `lanes`, in their order. One query.

    Written out, because the ORM would work out the column anew for each. Picking the first of each from a list that is
    there is half the work of numbering everybody by a window.
    """
    sql, params = placed.values("id", "stage_id", "column", "day", "deadline").query.sql_with_params()
    of_lanes = [
        (Stage._meta.pk.get_db_prep_value(stage.id, connection), column.value, COLUMN_SIZE + 1)
        for stage, column in lanes
    ]
    picked = " UNION ALL ".join([_PICKED] * len(of_lanes))
    with connection.cursor() as cursor:
        cursor.execute(_FIRST % (sql, picked), (*params, *chain.from_iterable(of_lanes)))
        rows = cursor.fetchall()
    return [(uuid.UUID(str(stage)), column, people, uuid.UUID(str(id_))) for stage, column, people, id_ in rows]


_PICKED = """SELECT * FROM (
    SELECT stage_id, "column", day, deadline, id FROM placed WHERE stage_id = %s AND "column" = %s
    ORDER BY day, deadline, id LIMIT %s
) AS lane"""
_FIRST = """
WITH placed AS MATERIALIZED (%s),
counted AS (SELECT stage_id, "column", COUNT(*) AS people FROM placed GROUP BY stage_id, "column"),
picked AS (%s)
SELECT stage_id, "column", people, id FROM picked JOIN counted USING (stage_id, "column")
ORDER BY stage_id, "column", day, deadline, id
"""


def _cards(actor: Actor, shown: Iterable[tuple[uuid.UUID, str]]) -> dict[uuid.UUID, Card]:
    """One query: a decision opens a name only to whoever may know of it."""
    columns = dict(shown)
    closed = {id_ for id_, column in columns.items() if column == Column.MINE}
    own = Interview.objects.filter(organization=actor.organization_id, id__in=columns)
    named = with_shown_name(own, actor.id, after_decision=~Q(id__in=closed) if closed else True)
    fields = ("id", "shown_name", "name_hidden", "state", "reply_by", "deadline", "summary__raters")
    return {
        row[0]: Card(*row, None if row[0] in closed else raters or 0) for *row, raters in named.values_list(*fields)
    }


def _lane(column: Column, count: int, ids: list[uuid.UUID], cards: dict[uuid.UUID, Card]) -> Lane:
    shown = tuple(cards[id_] for id_ in ids[:COLUMN_SIZE])
    last = shown[-1] if len(ids) > COLUMN_SIZE else None
    return Lane(column, count, shown, Cursor(last.reply_by or NO_DAY, last.deadline, last.id) if last else None)
