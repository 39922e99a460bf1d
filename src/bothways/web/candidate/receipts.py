"""Who has watched, as a candidate reads it: how many and when for each answer, and each person by name or by role."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.models import Role
from bothways.interviews.models import Interview
from bothways.review.queries.receipts import Receipt, watched_by


@dataclass(frozen=True, slots=True)
class Line:
    """One person. `face` is the name that gives the initials, empty where nobody is named."""

    receipt: Receipt
    who: str
    title: str
    face: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """How many people have watched all of one answer, and on which days, the first first."""

    place: int
    people: int
    days: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class Receipts:
    lines: tuple[Line, ...]
    answers: tuple[AnswerLine, ...]
    are_named: bool


def receipts_of(interview: Interview) -> Receipts | None:
    """None for a preview, which nobody watches. Six queries."""
    if interview.is_preview:
        return None
    found, named = watched_by(interview), interview.organization.names_watchers
    return Receipts(tuple(_line(one, named) for one in found), tuple(_answers(found)), named)


def _line(receipt: Receipt, named: bool) -> Line:
    if named:
        return Line(receipt, receipt.name, receipt.title, receipt.name)
    return Line(receipt, _role(receipt), "", "")


def _role(receipt: Receipt) -> str:
    if receipt.is_guest:
        return _("A guest")
    return _("Somebody who rates") if receipt.role == Role.REVIEWER else _("Somebody who runs this selection")


def _answers(receipts: Iterable[Receipt]) -> Iterable[AnswerLine]:
    """Only answers that somebody has watched."""
    moments: dict[int, list[dt.datetime]] = {}
    for receipt in receipts:
        for place, moment in receipt.answers_watched.items():
            moments.setdefault(place, []).append(moment)
    for place in sorted(moments):
        days = sorted({timezone.localdate(moment) for moment in moments[place]})
        yield AnswerLine(place, len(moments[place]), tuple(days))
