"""Where everybody in a position stands: counts by state, and the list in pages of one keyset."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet

from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.person_words import asked_words, matching_ids, walking
from bothways.notify.models import Message, MessageState
from bothways.positions.models import Position

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last person of a page: the next page begins right behind."""

    moment: dt.datetime
    id: uuid.UUID

    def __str__(self) -> str:
        return f"{self.moment.isoformat()}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor of an address, or None for anything that is none: the list then begins at its start."""
        moment, _, id_ = text.partition("_")
        try:
            cursor = cls(dt.datetime.fromisoformat(moment), uuid.UUID(id_))
        except ValueError:
            return None
        return cursor if cursor.moment.tzinfo else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the list. `state` is empty for everybody, `words` for any name."""

    state: str = ""
    words: tuple[str, ...] = ()
    after: Cursor | None = None

    @classmethod
    def read(cls, *, state: str = "", text: str = "", after: str = "") -> "Asked":
        """From an address: a state that does not exist asks for everybody."""
        return cls(
            state=state if state in InterviewState.values else "",
            words=tuple(asked_words(text)),
            after=Cursor.read(after) if after else None,
        )

    @property
    def waits(self) -> bool:
        """Whether those who sent answers are asked for: they come by how long they have waited."""
        return self.state == InterviewState.SUBMITTED


@dataclass(frozen=True, slots=True)
class People:
    """One page. `next` is None on the last one; `found` is how many a search found, None when nothing was searched
    or when they are too many to count."""

    interviews: list[Interview]
    next: Cursor | None
    found: int | None
    unreached: frozenset[uuid.UUID]


def count_by_state(position: Position) -> dict[str, int]:
    """How many interviews of the position are in each state; every state is there. One query, from the index alone."""
    rows = _of(position).order_by().values_list("state").annotate(count=Count("*"))
    return dict.fromkeys(InterviewState.values, 0) | dict(rows)


def page(position: Position, asked: Asked, size: int = PAGE_SIZE) -> People:
    """One page of the list. Three queries, and one or two more for a search."""
    interviews, found = _asked_for(position, asked)
    shown = _filled(position, _behind(_ordered(interviews, asked), asked)[: size + 1])
    last = shown[size - 1] if len(shown) > size else None
    shown = shown[:size]
    return People(shown, _cursor(last, asked) if last else None, found, unreached(shown))


def count(position: Position, asked: Asked) -> int:
    """How many an export of `pages` has. At most three queries."""
    interviews, found = _asked_for(position, asked)
    return interviews.count() if found is None else found


def pages(position: Position, asked: Asked, size: int = 1000) -> Iterator[list[Interview]]:
    """The whole list in pages, for an export. Each page is a query of its own, so that no cursor stays open."""
    while True:
        interviews, _ = _asked_for(position, asked)
        rows = _filled(position, _behind(_ordered(interviews, asked), asked)[:size])
        if rows:
            yield rows
        if len(rows) < size:
            return
        asked = replace(asked, after=_cursor(rows[-1], asked))


def person(position: Position, interview_id: uuid.UUID) -> Interview | None:
    """One person of the position with what their page shows."""
    rows = _of(position).select_related("kit_version", "invited_by__user").filter(id=interview_id)
    return next(iter(_filled(position, rows)), None)


def chosen(position: Position, ids: list[uuid.UUID]) -> list[Interview]:
    """Those of the position among `ids`, in the order of the list."""
    return _filled(position, _of(position).filter(id__in=ids).order_by("-created_at", "-id"))


def _of(position: Position) -> QuerySet[Interview]:
    """The position says whose the rows are. Asked for nothing but it, the database stays in the list's own index."""
    return Interview.objects.filter(position=position, is_preview=False)


def _filled(position: Position, interviews: QuerySet[Interview]) -> list[Interview]:
    """The rows with what a line shows. Joins that would tempt a planner away from the index are made here."""
    rows = list(interviews.select_related("application__candidate"))
    stages = {stage.id: stage for stage in position.stages.all()}
    for row in rows:
        row.position, row.organization, row.stage = position, position.organization, stages[row.stage_id]
    return rows


def _asked_for(position: Position, asked: Asked) -> tuple[QuerySet[Interview], int | None]:
    interviews = _of(position)
    if asked.state:
        interviews = interviews.filter(state=asked.state)
    if not asked.words:
        return interviews, None
    ids = matching_ids(position, list(asked.words))
    if ids is None:
        return walking(interviews, list(asked.words)), None
    interviews = interviews.filter(id__in=ids)
    return interviews, interviews.count() if asked.state else len(ids)


def _ordered(interviews: QuerySet[Interview], asked: Asked) -> QuerySet[Interview]:
    order = ("submitted_at", "id") if asked.waits else ("-created_at", "-id")
    return interviews.order_by(*order)


def _behind(interviews: QuerySet[Interview], asked: Asked) -> QuerySet[Interview]:
    """Only what comes after the cursor. A range and an exclusion let the index start there; an OR would not."""
    if asked.after is None:
        return interviews
    moment, id_ = asked.after.moment, asked.after.id
    if asked.waits:
        return interviews.filter(submitted_at__gte=moment).exclude(submitted_at=moment, id__lte=id_)
    return interviews.filter(created_at__lte=moment).exclude(created_at=moment, id__gte=id_)


def _cursor(interview: Interview, asked: Asked) -> Cursor:
    moment = interview.submitted_at if asked.waits else interview.created_at
    assert moment is not None
    return Cursor(moment, interview.id)


def unreached(interviews: list[Interview]) -> frozenset[uuid.UUID]:
    """Those of the interviews about which a mail could not be delivered. One query."""
    if not interviews:
        return frozenset()
    failed = Message.objects.filter(
        organization=interviews[0].organization_id,
        about_kind=Interview._meta.label_lower,
        about_id__in=[str(interview.id) for interview in interviews],
        state=MessageState.FAILED,
    )
    return frozenset(uuid.UUID(id_) for id_ in failed.values_list("about_id", flat=True))
