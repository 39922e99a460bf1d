"""Deciding about several people: who can be decided about now, and what is missing for the others."""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview, InterviewState
from bothways.positions.models import Stage
from bothways.review.models import Outcome, Summary
from bothways.review.queries.answers_owed import owed_an_answer
from bothways.review.queries.decisions import standing_ids, undecided
from bothways.review.queries.heat import visible_ids
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.readiness import Readiness, readiness_of


class Lack(StrEnum):
    """The first thing that stands in the way, in the order in which it is asked."""

    DECIDED = "decided"
    UNANSWERED = "unanswered"
    NOTHING_THERE = "nothing_there"
    NOBODY_WATCHED = "nobody_watched"
    FEW_WATCHED = "few_watched"
    SCORECARDS = "scorecards"


@dataclass(frozen=True, slots=True)
class Person:
    """One of those who were picked. `seen` is the decision that stands, if they are on hold; `lack` is None for whoever
    can be decided about, `many` how many people or scorecards are missing, `rule` what they wait for."""

    interview: Interview
    name: str
    seen: uuid.UUID | None
    lack: Lack | None
    many: int = 0
    rule: str = ""

    @property
    def words(self) -> str:
        """What is missing for this person; empty when nothing is."""
        if self.lack == Lack.UNANSWERED:
            return self.rule
        return _one_words(self.lack, self.many) if self.lack else ""


def several(actor: Actor, stage: Stage, ids: list[uuid.UUID], outcome: str) -> list[Person]:
    """Those of `ids`, in their order, about whom this member may see what was given. Eleven queries at most.

    A decline of several asks for more than that of one: besides answers and watching, every scorecard of the stage.
    """
    visible = visible_ids(actor, stage, ids)
    own = Interview.objects.filter(organization=actor.organization_id, id__in=visible)
    related = with_shown_name(own, actor.id, after_decision=True).select_related(
        "organization", "position", "stage", "application__candidate"
    )
    interviews = {interview.id: interview for interview in related}
    is_open = set(undecided(actor.organization_id).filter(id__in=visible).values_list("id", flat=True))
    seen = standing_ids(visible)
    states: dict[uuid.UUID, Readiness] = {}
    raters: dict[uuid.UUID, int] = {}
    waiting: dict[uuid.UUID, str] = {}
    if outcome == Outcome.DECLINE:
        waiting = owed_an_answer(visible)
        states = readiness_of(interviews.values())
        raters = dict(Summary.objects.filter(interview__in=visible).values_list("interview_id", "raters"))
    people = []
    for id_ in visible:
        lack, many = None, 0
        if id_ not in is_open:
            lack = Lack.DECIDED
        elif id_ in waiting:
            lack = Lack.UNANSWERED
        elif outcome == Outcome.DECLINE:
            lack, many = lack_of(states[id_], stage.raters_wanted - raters.get(id_, 0))
        interview = interviews[id_]
        people.append(Person(interview, interview.shown_name, seen.get(id_), lack, many, waiting.get(id_, "")))
    return people


def already_in(stage: Stage, people: Collection[Person]) -> int:
    """How many of them have an invitation to this stage that stands, so that they get no second one. One query."""
    applications = [person.interview.application_id for person in people]
    there = Interview.objects.filter(stage=stage, application__in=applications, is_preview=False)
    return there.exclude(state=InterviewState.WITHDRAWN).count()


def lack_of(state: Readiness, scorecards_missing: int) -> tuple[Lack | None, int]:
    """What stands in the way of declining somebody together with others, and how many of it."""
    if not state.answers and not state.is_unrecorded_talk:
        return Lack.NOTHING_THERE, 0
    if state.lacking:
        has_watched = any(viewer.watched for viewer in state.viewers)
        return (Lack.FEW_WATCHED if has_watched else Lack.NOBODY_WATCHED), state.lacking
    if scorecards_missing > 0:
        return Lack.SCORECARDS, scorecards_missing
    return None, 0


def lack_words(people: list[Person], outcome: str) -> str:
    """As "3 of 12 cannot be declined: 2 not watched by anybody, 1 with one scorecard missing."; empty for nobody."""
    lacking = Counter((person.lack, person.many) for person in people if person.lack)
    if not lacking:
        return ""
    by_kind: Counter[tuple[Lack, int]] = Counter()
    for (lack, many), count in lacking.items():
        by_kind[lack, many if lack == Lack.SCORECARDS else 0] += count
    parts = [_group_words(lack, many, count) for (lack, many), count in sorted(by_kind.items(), key=_order)]
    count = lacking.total()
    if outcome == Outcome.DECLINE:
        words = ngettext(
            "%(count)d of %(all)d cannot be declined: %(what)s.",
            "%(count)d of %(all)d cannot be declined: %(what)s.",
            count,
        )
    else:
        words = ngettext(
            "%(count)d of %(all)d cannot go on: %(what)s.", "%(count)d of %(all)d cannot go on: %(what)s.", count
        )
    return words % {"count": count, "all": len(people), "what": _(", ").join(parts)}


def _order(item: tuple[tuple[Lack, int], int]) -> tuple[int, int]:
    (lack, many), _count = item
    return list(Lack).index(lack), many


def _group_words(lack: Lack, many: int, count: int) -> str:
    if lack == Lack.DECIDED:
        words = ngettext("%(n)d decided already", "%(n)d decided already", count)
    elif lack == Lack.UNANSWERED:
        words = ngettext("%(n)d waiting for an answer", "%(n)d waiting for an answer", count)
    elif lack == Lack.NOTHING_THERE:
        words = ngettext("%(n)d without anything to watch", "%(n)d without anything to watch", count)
    elif lack == Lack.NOBODY_WATCHED:
        words = ngettext("%(n)d not watched by anybody", "%(n)d not watched by anybody", count)
    elif lack == Lack.FEW_WATCHED:
        words = ngettext("%(n)d not watched by enough people", "%(n)d not watched by enough people", count)
    elif many == 1:
        words = ngettext("%(n)d with one scorecard missing", "%(n)d with one scorecard missing", count)
    else:
        words = ngettext("%(n)d with %(many)d scorecards missing", "%(n)d with %(many)d scorecards missing", count)
    return words % {"n": count, "many": many}


def _one_words(lack: Lack, many: int) -> str:
    if lack == Lack.DECIDED:
        return _("Decided already.")
    if lack == Lack.NOTHING_THERE:
        return _("There is nothing here that can be watched or read.")
    if lack == Lack.NOBODY_WATCHED:
        return _("Nobody has watched one whole answer.")
    if lack == Lack.FEW_WATCHED:
        return ngettext(
            "%(many)d more person has to watch every answer.", "%(many)d more people have to watch every answer.", many
        ) % {"many": many}
    return ngettext("One scorecard is missing.", "%(many)d scorecards are missing.", many) % {"many": many}
