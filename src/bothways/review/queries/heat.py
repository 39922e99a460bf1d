"""Everybody of a stage in one table: sorted, filtered and paged by the database.

Who rates in the stage gets what others gave for the interviews for which their own scorecard is in. The others stand
at the end in the order of their code names: neither their place, nor a filter, nor a mark tells anything about them.
"""

import uuid
from dataclasses import dataclass

from django.db.models import (
    Case,
    CharField,
    Count,
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

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview, InterviewState
from bothways.kits.models import KitVersion
from bothways.positions.models import Assigning, Stage
from bothways.review.combination import FAR_APART, POINT
from bothways.review.models import Decision, Outcome, Shortlisted, SummaryCell
from bothways.review.queries.heat_asked import Asked, Cursor, Decided, Raters, Recommended
from bothways.review.queries.heat_rows import Column, HeatRow, rows_of
from bothways.review.queries.identity import final_decisions, name_is_hidden
from bothways.review.queries.raters import conflicts, is_rater, opened_without, sees_without_rating

PAGE_SIZE = 50
TENTH = POINT // 10
"""Means are shown and sorted in tenths: what reads the same is a tie."""


@dataclass(frozen=True, slots=True)
class Heat:
    """One page. `found` is how many the filters leave, None without filters; `next` is None on the last page."""

    rows: tuple[HeatRow, ...]
    next: Cursor | None
    found: int | None


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
        sees = Q(id__isnull=not sees_without_rating(actor))
        return interviews.annotate(is_visible=sees & _unknown(actor, interviews))
    # Joined, because asking it of each row again in every place it is used costs as much as all the rest.
    own = FilteredRelation(
        "scorecards", condition=Q(scorecards__member=actor.id, scorecards__submitted_at__isnull=False)
    )
    opens = Q(own__id__isnull=False)
    if actor.may_recruit and stage.assignment != Assigning.EVERYBODY:
        opens |= opened_without(actor)
    return interviews.annotate(own=own, is_visible=opens & _unknown(actor, interviews))


def _unknown(actor: Actor, interviews: QuerySet[Interview]) -> Q | Value:
    """That the viewer does not know the person. Who those are is asked once, because it is nearly always nobody."""
    known = list(interviews.filter(Exists(conflicts(actor))).order_by().values_list("id", flat=True))
    return ~Q(id__in=known) if known else Q(id__isnull=False)


def counts(interviews: QuerySet[Interview]) -> Counts:
    """Of what `sent` gives. One query."""
    seen = Q(is_visible=True)
    changed_cells = SummaryCell.objects.filter(summary__interview=OuterRef("pk"), is_changed=True)
    return Counts(
        **interviews.aggregate(
            all=Count("pk"),
            closed=Count("pk", filter=Q(is_visible=False)),
            waiting=Count("pk", filter=seen & Q(summary__isnull=True)),
            doubly_rated=Count("pk", filter=seen & Q(summary__raters__gte=2)),
            far_apart=Count("pk", filter=seen & Q(summary__first_spread__gte=FAR_APART)),
            changed=Count("pk", filter=seen & Exists(changed_cells)),
        )
    )


def page(
    actor: Actor, stage: Stage, interviews: QuerySet[Interview], shown: tuple[Column, ...], asked: Asked,
    size: int = PAGE_SIZE,
) -> Heat:  # fmt: skip
    """One page of what `sent` gives, at most nine queries whatever the number of people."""
    filtered = _filtered(actor, stage, interviews, asked)
    placed = _placed(filtered, stage, asked)
    value = "-value" if asked.descending else "value"
    lines = list(
        _behind(placed, asked)
        .order_by("section", value, "code_name")
        .values_list("id", "section", "value", "code_name", "is_visible")[: size + 1]
    )
    last = lines[size - 1] if len(lines) > size else None
    lines = lines[:size]
    rows = rows_of(actor, shown, [line[0] for line in lines], {line[0] for line in lines if line[4]})
    return Heat(
        rows=tuple(rows),
        next=Cursor(last[1], last[2], last[3]) if last else None,
        found=filtered.count() if asked.filters else None,
    )


def visible_ids(actor: Actor, stage: Stage, ids: list[uuid.UUID], version: KitVersion | None = None) -> list[uuid.UUID]:
    """Those of `ids`, in their order, about which this viewer may see what was given. Two queries."""
    found = set(sent(actor, stage, version).filter(id__in=ids, is_visible=True).values_list("id", flat=True))
    return [id_ for id_ in dict.fromkeys(ids) if id_ in found]


def _filtered(actor: Actor, stage: Stage, interviews: QuerySet[Interview], asked: Asked) -> QuerySet[Interview]:
    if asked.decided or asked.recommended or asked.raters or asked.shortlisted:
        interviews = interviews.filter(is_visible=True)
    if asked.decided:
        interviews = interviews.filter(_DECIDED[asked.decided])
    if asked.recommended:
        interviews = interviews.filter(_RECOMMENDED[asked.recommended])
    if asked.raters == Raters.COMPLETE:
        interviews = interviews.filter(summary__raters__gte=stage.raters_wanted)
    elif asked.raters == Raters.MISSING:
        interviews = interviews.exclude(summary__raters__gte=stage.raters_wanted)
    elif asked.raters == Raters.THIRD:
        interviews = interviews.filter(summary__needs_third=True)
    if asked.shortlisted:
        interviews = interviews.filter(Exists(Shortlisted.objects.filter(interview=OuterRef("pk"))))
    if asked.text:
        # A hidden name is not even looked at. What a decision opens, it opens for those who may see the decision.
        hidden = name_is_hidden(actor.id)
        hidden &= Q(is_visible=False) | ~Q(Exists(final_decisions()))
        by_name = ~hidden & Q(application__candidate__name__icontains=asked.text)
        interviews = interviews.filter(Q(code_name__icontains=asked.text) | by_name)
    return interviews


def _decided(**which: str) -> Q:
    return Q(Exists(Decision.objects.filter(interview=OuterRef("pk"), reversed_at=None, **which)))


_DECIDED = {
    Decided.OPEN: ~_decided(),
    Decided.HOLD: _decided(outcome=Outcome.HOLD) & ~Q(Exists(final_decisions())),
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


def _placed(interviews: QuerySet[Interview], stage: Stage, asked: Asked) -> QuerySet[Interview]:
    """Add `section` (0 has what is sorted by, 1 has scorecards but not that, 2 has nothing this viewer may see) and
    `value`, which is None outside of the first."""
    rated = Q(is_visible=True, summary__isnull=False)
    if asked.by_name:
        name = F("code_name") if stage.is_blind else F("application__candidate__name")
        return interviews.annotate(
            section=Case(When(rated, then=Value(0)), default=Value(2)),
            value=Case(When(rated, then=name), default=Value(None), output_field=CharField()),
        )
    if asked.place:
        interviews = interviews.annotate(
            at=FilteredRelation("summary__cells", condition=Q(summary__cells__place=asked.place))
        )
        value = (F("at__mean") + TENTH // 2) / TENTH
    elif asked.sort == "recommended":
        value = F("summary__advances") - F("summary__declines")
    else:
        value = (F("summary__mean") + TENTH // 2) / TENTH
    return interviews.annotate(
        value=Case(When(rated, then=value), default=Value(None), output_field=IntegerField()),
        section=Case(When(rated & Q(value__isnull=False), then=Value(0)), When(rated, then=Value(1)), default=Value(2)),
    )


def _behind(interviews: QuerySet[Interview], asked: Asked) -> QuerySet[Interview]:
    cursor = asked.after
    if cursor is None:
        return interviews
    tied = Q(section=cursor.section, code_name__gt=cursor.code_name)
    if cursor.section:
        return interviews.filter(Q(section__gt=cursor.section) | tied)
    further = Q(value__lt=cursor.value) if asked.descending else Q(value__gt=cursor.value)
    return interviews.filter(Q(section__gt=0) | Q(section=0) & further | tied & Q(value=cursor.value))
