"""Everybody of a stage in one table: sorted, filtered and paged by the database.

Who rates in the stage gets what others gave for the interviews for which their own scorecard is in. The others stand
at the end in the order of their code names: neither their place, nor a filter, nor a mark tells anything about them.
"""

import uuid
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview, InterviewState
from bothways.kits.models import KitVersion
from bothways.positions.models import Assigning, Stage
from bothways.review.combination import FAR_APART, POINT
from bothways.review.models import Decision, Outcome, Shortlisted, SummaryCell
from bothways.review.queries.heat_asked import Asked, Cursor, Decided, Raters, Recommended
from bothways.review.queries.heat_rows import Column, HeatRow, rows_of
from bothways.review.queries.identity import finally_decided, name_is_hidden
from bothways.review.queries.raters import is_rater, known_by, opened_without, sees_without_rating

PAGE_SIZE = 50
TENTH = POINT // 10
"""Means are shown and sorted in tenths: what reads the same is a tie."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are, of whom so many are closed to this viewer or wait for a first scorecard; how many have two
    raters, and on how many of these they were far apart when they handed in; how many have ratings that were changed
    since."""

    all: int
    closed: int
    waiting: int
    doubly_rated: int
    far_apart: int
    changed: int


@dataclass(frozen=True, slots=True)
class Heat:
    """One page. `counts` are of everybody; `found` is how many the filters leave, None without filters; `next` is None
    on the last page."""

    rows: tuple[HeatRow, ...]
    next: Cursor | None
    counts: Counts
    found: int | None


class _Line(NamedTuple):
    id: uuid.UUID
    section: int
    value: int | str | None
    code_name: str
    is_visible: bool


def sent(actor: Actor, stage: Stage, version: KitVersion | None = None) -> QuerySet[Interview]:
    """Who has sent answers in a stage, to one version of its kit or to any. `is_visible` says whether this viewer may
    see what was given to them.

    One query is asked at once: whether the viewer rates here.
    """
    interviews = Interview.objects.filter(
        organization=actor.organization_id,
        stage=stage,
        is_preview=False,
        state=InterviewState.SUBMITTED,
    )
    if version is not None:
        interviews = interviews.filter(kit_version=version)
    if not is_rater(actor, stage.id):
        sees = (_unknown(actor) or Value(True)) if sees_without_rating(actor) else Value(False)
        return interviews.annotate(is_visible=sees)
    # Joined, because asking it of each row again in every place it is used costs as much as all the rest.
    own = FilteredRelation(
        "scorecards", condition=Q(scorecards__member=actor.id, scorecards__submitted_at__isnull=False)
    )
    opens = Q(own__interview_id__isnull=False)
    if actor.may_recruit and stage.assignment != Assigning.EVERYBODY:
        opens |= opened_without(actor)
    return interviews.annotate(own=own, is_visible=opens & _unknown(actor))


def _unknown(actor: Actor) -> Q:
    """That the viewer does not know the person; empty, and so true, where they know nobody, as nearly always. Asked
    once, not for each row.
    """
    known = list(known_by(actor))
    return ~Q(application__candidate__in=known) if known else Q()


def page(
    actor: Actor, stage: Stage, interviews: QuerySet[Interview], shown: tuple[Column, ...], asked: Asked,
    size: int = PAGE_SIZE,
) -> Heat:  # fmt: skip
    """One page of what `sent` gives, at most five queries whatever the number of people."""
    counts, found, lines = _first(_placed(actor, stage, interviews, asked), asked, size + 1)
    last = lines[size - 1] if len(lines) > size else None
    lines = lines[:size]
    rows = rows_of(actor, shown, [line.id for line in lines], {line.id for line in lines if line.is_visible})
    return Heat(
        rows=tuple(rows),
        next=Cursor(last.section, last.value, last.code_name) if last else None,
        counts=counts,
        found=found if asked.filters else None,
    )


def visible_ids(actor: Actor, stage: Stage, ids: list[uuid.UUID], version: KitVersion | None = None) -> list[uuid.UUID]:
    """Those of `ids`, in their order, about which this viewer may see what was given. Two queries."""
    found = set(sent(actor, stage, version).filter(id__in=ids, is_visible=True).values_list("id", flat=True))
    return [id_ for id_ in dict.fromkeys(ids) if id_ in found]


def _found(actor: Actor, stage: Stage, asked: Asked) -> Q:
    """Whom the filters leave; empty without filters."""
    found = Q()
    if asked.decided or asked.recommended or asked.raters or asked.shortlisted:
        found &= Q(is_visible=True)
    if asked.decided:
        found &= _DECIDED[asked.decided]
    if asked.recommended:
        found &= _RECOMMENDED[asked.recommended]
    if asked.raters == Raters.COMPLETE:
        found &= Q(summary__raters__gte=stage.raters_wanted)
    elif asked.raters == Raters.MISSING:
        found &= ~Q(summary__raters__gte=stage.raters_wanted)
    elif asked.raters == Raters.THIRD:
        found &= Q(summary__needs_third=True)
    if asked.shortlisted:
        found &= Q(Exists(Shortlisted.objects.filter(interview=OuterRef("pk"))))
    if asked.text:
        # A hidden name is not even looked at. What a decision opens, it opens for those who may see the decision.
        hidden = name_is_hidden(actor.id)
        hidden &= Q(is_visible=False) | ~Q(finally_decided())
        by_name = ~hidden & Q(application__candidate__name__icontains=asked.text)
        found &= Q(code_name__icontains=asked.text) | by_name
    return found


def _decided(**which: str) -> Q:
    return Q(Exists(Decision.objects.filter(interview=OuterRef("pk"), reversed_at=None, **which)))


_DECIDED = {
    Decided.OPEN: ~_decided(),
    Decided.HOLD: _decided(outcome=Outcome.HOLD) & ~Q(finally_decided()),
    Decided.ADVANCE: _decided(outcome=Outcome.ADVANCE),
    Decided.DECLINE: _decided(outcome=Outcome.DECLINE),
}
_RECOMMENDED = {
    Recommended.ADVANCE: Q(summary__advances__gt=0),
    Recommended.HOLD: Q(summary__holds__gt=0),
    Recommended.DECLINE: Q(summary__declines__gt=0),
    Recommended.DIFFER: Q(summary__advances__gt=0, summary__declines__gt=0)
    | Q(summary__advances__gt=0, summary__holds__gt=0)
    | Q(summary__holds__gt=0, summary__declines__gt=0),
}


def _placed(actor: Actor, stage: Stage, interviews: QuerySet[Interview], asked: Asked) -> QuerySet[Interview, Any]:
    """What `_FIRST` reads of each. `value` is what is sorted by, None where nothing is to be seen."""
    value: Combinable
    rated, kind = Q(is_visible=True, summary__isnull=False), IntegerField()
    if asked.by_name:
        value, kind = F("code_name") if stage.is_blind else F("application__candidate__name"), CharField()
    elif asked.place:
        interviews = interviews.annotate(
            at=FilteredRelation("summary__cells", condition=Q(summary__cells__place=asked.place))
        )
        value = (F("at__mean") + TENTH // 2) / TENTH
    elif asked.sort == "recommended":
        value = F("summary__advances") - F("summary__declines")
    else:
        value = (F("summary__mean") + TENTH // 2) / TENTH
    found = _found(actor, stage, asked)
    return interviews.values(
        "id",
        "code_name",
        "is_visible",
        value=Case(When(rated, then=value), default=Value(None), output_field=kind),
        raters=F("summary__raters"),
        spread=F("summary__first_spread"),
        is_changed=Q(summary__in=SummaryCell.objects.filter(is_changed=True).values("summary")),
        is_found=Case(When(found, then=Value(True)), default=Value(False)) if found else Value(True),
    )


def _first(placed: QuerySet[Interview, Any], asked: Asked, most: int) -> tuple[Counts, int, list[_Line]]:
    """Counts of all, how many the filters leave, and the first lines behind the cursor. One query.

    Written out, because the ORM would read everybody anew for each of the three.
    """
    sql, params = placed.query.sql_with_params()
    behind, further = _behind(asked)
    way = "DESC" if asked.descending else "ASC"
    with connection.cursor() as cursor:
        cursor.execute(_FIRST % (sql, behind, way, "%s", way), (*params, *further, most))
        rows = cursor.fetchall()
    *counts, found = rows[0][:7]
    lines = [
        _Line(uuid.UUID(str(id_)), section, value, code_name, bool(is_visible))
        for *_, id_, section, value, code_name, is_visible in rows
        if id_ is not None
    ]
    return Counts(*counts), found, lines


def _behind(asked: Asked) -> tuple[str, tuple[int | str | None, ...]]:
    """What is true of a line behind the cursor. Only the first section has values."""
    after = asked.after
    if after is None:
        return "TRUE", ()
    if after.section:
        return "section > %s OR section = %s AND code_name > %s", (after.section, after.section, after.code_name)
    further = "<" if asked.descending else ">"
    tied = "value = %s AND code_name > %s"
    return f"section > 0 OR value {further} %s OR {tied}", (after.value, after.value, after.code_name)


# Section 0 has what is sorted by, 1 has scorecards but not that, 2 has nothing this viewer may see.
_FIRST = f"""
WITH placed AS MATERIALIZED (
    SELECT *, CASE WHEN value IS NOT NULL THEN 0 WHEN is_visible AND raters IS NOT NULL THEN 1 ELSE 2 END AS section
    FROM (%s) AS sent
),
counted AS (
    SELECT COUNT(*) AS everybody,
        COUNT(*) FILTER (WHERE NOT is_visible) AS closed,
        COUNT(*) FILTER (WHERE is_visible AND raters IS NULL) AS waiting,
        COUNT(*) FILTER (WHERE is_visible AND raters >= 2) AS doubly_rated,
        COUNT(*) FILTER (WHERE is_visible AND spread >= {FAR_APART}) AS far_apart,
        COUNT(*) FILTER (WHERE is_visible AND is_changed) AS changed,
        COUNT(*) FILTER (WHERE is_found) AS found
    FROM placed
),
picked AS (
    SELECT id, section, value, code_name, is_visible FROM placed WHERE is_found AND (%s)
    ORDER BY section, value %s, code_name LIMIT %s
)
SELECT * FROM counted LEFT JOIN picked ON TRUE ORDER BY section, value %s, code_name
"""  # noqa: S608 - the number in it is ours
