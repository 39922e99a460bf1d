"""Where each position stands, for the list of positions: who is answering, who waits for a decision, by when."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q

from bothways.accounts.models import Organization
from bothways.interviews.models import UNFINISHED, Interview, InterviewState
from bothways.review.queries.identity import finally_decided


@dataclass(frozen=True, slots=True)
class Standing:
    """People of one position. `to_decide` sent their answers and have not been told; `next_promise` is the earliest
    day by which one of them hears, `promised_then` how many hear that day.
    """

    answering: int = 0
    to_decide: int = 0
    next_promise: dt.date | None = None
    promised_then: int = 0


def standing_of(organization: Organization, position_ids: Collection[UUID]) -> dict[UUID, Standing]:
    """The standing of these positions that have anybody in them. Two queries, however many positions or people."""
    # The organization is asked of the position, so that a long list is counted from its index alone.
    mine = Interview.objects.filter(position__organization=organization, position_id__in=position_ids, is_preview=False)
    answering = dict(
        mine.filter(state__in=UNFINISHED).order_by().values_list("position_id").annotate(people=Count("*"))
    )
    undecided = mine.filter(Q(state=InterviewState.SUBMITTED) & ~finally_decided()).order_by()
    by_day = undecided.values_list("position_id", "reply_by").annotate(people=Count("*"))
    waiting: dict[UUID, list[tuple[dt.date | None, int]]] = {}
    for position_id, day, people in by_day.order_by(F("reply_by").asc(nulls_last=True)):
        waiting.setdefault(position_id, []).append((day, people))
    return {
        position_id: _standing(answering.get(position_id, 0), waiting.get(position_id, []))
        for position_id in {*answering, *waiting}
    }


def _standing(answering: int, days: list[tuple[dt.date | None, int]]) -> Standing:
    day, promised = days[0] if days else (None, 0)
    return Standing(answering, sum(people for _, people in days), day, promised if day else 0)
