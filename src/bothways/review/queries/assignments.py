"""The page "Who rates whom": a stage's interviews with who is on each, one page at a time."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.people import Cursor
from bothways.positions.models import Assigning, Stage
from bothways.review.combination import ENOUGH_RATERS
from bothways.review.models import Assignment, Scorecard
from bothways.review.queries.assigning import open_assignments, reviewing_members
from bothways.review.queries.identity import finally_decided
from bothways.review.queries.raters import handed_in_by, is_rater, known_to, rated_by

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class OnIt:
    """One person on an interview. `state` is "open", "begun" or "handed_in"; `due_on` None where nothing is due."""

    member: Member
    state: str
    due_on: dt.date | None
    reason: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One interview. `is_closed`: this viewer rates it and has not handed in, so that of the others nothing is told.

    `missing` says in words who is missing and why; `knowing` are reviewers who know the candidate.
    """

    id: uuid.UUID
    code_name: str
    language: str
    submitted_at: dt.datetime
    is_decided: bool
    is_closed: bool
    people: tuple[OnIt, ...]
    knowing: tuple[Member, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Load:
    """How much one reviewer of the stage has: open and handed in here, open everywhere."""

    member: Member
    open: int
    handed_in: int
    everywhere: int


@dataclass(frozen=True, slots=True)
class Who:
    """One page, who sent first at the top. `next` is None on the last one."""

    lines: tuple[Line, ...]
    next: Cursor | None
    loads: tuple[Load, ...]


def who_rates(
    actor: Actor,
    stage: Stage,
    after: Cursor | None,
    today: dt.date,
    *,
    only_missing: bool = False,
    size: int = PAGE_SIZE,
) -> Who:
    """Nine queries at most, whatever the number of interviews."""
    members = reviewing_members(stage)
    rows = _sent(actor, stage)
    if only_missing:
        apart = Q(summary__needs_third=True, on_it__lt=ENOUGH_RATERS, is_closed=False)
        rows = rows.filter(Q(on_it__lt=F("stage__raters_wanted")) | apart, is_decided=False)
    if after is not None:
        rows = rows.filter(submitted_at__gte=after.moment).exclude(submitted_at=after.moment, id__lte=after.id)
    found = list(rows.select_related("summary").order_by("submitted_at", "id")[: size + 1])
    shown = found[:size]
    next_ = Cursor(shown[-1].submitted_at, shown[-1].id) if len(found) > size else None
    ids = [one.id for one in shown]
    known = known_to(ids)
    people = _people(stage, shown, members, known, today)
    lines = tuple(_line(stage, one, people[one.id], members, known) for one in shown)
    return Who(lines, next_, _loads(stage, members))


def _sent(actor: Actor, stage: Stage) -> QuerySet[Interview]:
    mine = rated_by(actor).filter(~handed_in_by(actor)).values("id") if is_rater(actor, stage.id) else []
    on_it = Assignment.objects.filter(interview=OuterRef("pk"), ended_at__isnull=True).order_by().values("interview")
    return Interview.objects.filter(
        organization=actor.organization_id, stage=stage, is_preview=False, state=InterviewState.SUBMITTED
    ).annotate(
        is_decided=finally_decided(),
        is_closed=Q(id__in=mine),
        on_it=Coalesce(Subquery(on_it.annotate(many=Count("*")).values("many")), 0),
    )


def _people(
    stage: Stage,
    interviews: list[Interview],
    members: list[Member],
    known: set[tuple[uuid.UUID, uuid.UUID]],
    today: dt.date,
) -> dict[uuid.UUID, list[OnIt]]:
    ids = [interview.id for interview in interviews]
    states = {
        (interview, member): "handed_in" if is_in else "begun" if begun else "open"
        for interview, member, is_in, begun in Scorecard.objects.filter(interview__in=ids).values_list(
            "interview", "member", Q(submitted_at__isnull=False), Q(rated_places__gt=0)
        )
    }
    if stage.assignment == Assigning.EVERYBODY:
        pairs = [(one, member) for one in interviews for member in members if (one.id, member.id) not in known]
        asked = [(one.id, member, one.rate_by, "") for one, member in pairs]
    else:
        rows = Assignment.objects.filter(interview__in=ids, ended_at__isnull=True).select_related("member__user")
        asked = [(one.interview_id, one.member, one.due_on, one.reason) for one in rows.order_by("created_at", "id")]
    found: dict[uuid.UUID, list[OnIt]] = {id_: [] for id_ in ids}
    for id_, member, due_on, reason in asked:
        state = states.get((id_, member.id), "open")
        is_overdue = state != "handed_in" and due_on is not None and due_on < today
        found[id_].append(OnIt(member, state, due_on, reason, is_overdue))
    return found


def _line(
    stage: Stage,
    interview: Interview,
    people: list[OnIt],
    members: list[Member],
    known: set[tuple[uuid.UUID, uuid.UUID]],
) -> Line:
    knowing = tuple(one for one in members if (interview.id, one.id) in known)
    is_closed = bool(interview.is_closed)
    return Line(
        id=interview.id,
        code_name=interview.code_name,
        language=interview.language,
        submitted_at=interview.submitted_at,
        is_decided=interview.is_decided,
        is_closed=is_closed,
        people=() if is_closed else tuple(people),
        knowing=knowing,
        missing="" if is_closed or interview.is_decided else _missing(stage, interview, people, members, knowing),
    )


def _missing(
    stage: Stage, interview: Interview, people: list[OnIt], members: list[Member], knowing: tuple[Member, ...]
) -> str:
    """Who is missing on an interview, and why the rule has found nobody."""
    summary = getattr(interview, "summary", None)
    is_apart = summary is not None and summary.needs_third
    if stage.assignment == Assigning.EVERYBODY:
        handed_in = sum(one.state == "handed_in" for one in people)
        if is_apart and handed_in == len(people):
            return _("Two disagree, and every reviewer has rated. A third person must be named in the step.")
        return ""
    wanted = max(stage.raters_wanted, ENOUGH_RATERS) if is_apart else stage.raters_wanted
    lacking = wanted - len(people)
    if lacking <= 0:
        return ""
    words = ngettext("%(n)d person is missing.", "%(n)d people are missing.", lacking) % {"n": lacking}
    if is_apart:
        words = _("Two disagree: a third person must be added.")
    on_it = {one.member.id for one in people} | {one.id for one in knowing}
    others = [one for one in members if one.id not in on_it]
    silent = [one for one in others if one.languages and interview.language not in one.languages]
    if stage.assignment == Assigning.BY_HAND and len(others) > len(silent):
        return words
    if knowing:
        why = ngettext("%(n)d reviewer knows this person.", "%(n)d reviewers know this person.", len(knowing))
        words += " " + why % {"n": len(knowing)}
    if silent:
        why = ngettext(
            "%(n)d reviewer does not rate in this language.",
            "%(n)d reviewers do not rate in this language.",
            len(silent),
        )
        words += " " + why % {"n": len(silent)}
    if not others:
        words += " " + _("The step has no other reviewers.")
    return words


def _loads(stage: Stage, members: list[Member]) -> tuple[Load, ...]:
    open_ = open_assignments().filter(member__in=members).order_by().values_list("member")
    counted = open_.annotate(many=Count("pk"), here=Count("pk", filter=Q(interview__stage=stage)))
    loads = {member: (here, many) for member, many, here in counted}
    handed_in = Scorecard.objects.filter(interview__stage=stage, member__in=members, submitted_at__isnull=False)
    done = dict(handed_in.order_by().values_list("member").annotate(many=Count("pk")))
    found = []
    for one in members:
        here, everywhere = loads.get(one.id, (0, 0))
        found.append(Load(one, open=here, handed_in=done.get(one.id, 0), everywhere=everywhere))
    return tuple(found)
