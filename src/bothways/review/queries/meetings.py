"""What a meeting is about, who may be in it, and everything that is shown of one candidate."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import AuditEntry, Member, Role
from bothways.interviews.models import Interview, InterviewState
from bothways.positions.models import BlindLevel, Stage, StageReviewer
from bothways.review.models import (
    Decision,
    Meeting,
    MeetingAttendee,
    MeetingItem,
    PinnedNote,
    Rating,
    RatingChange,
    Reconciliation,
    Reveal,
    Scorecard,
    Shortlisted,
)
from bothways.review.queries.decisions import outcomes
from bothways.review.queries.heat import visible_ids
from bothways.review.queries.identity import finally_decided
from bothways.review.queries.scorecard_rows import Row, rows_of

MOST = 30
"""Candidates in one meeting: more is a list, not a talk."""

LONGEST_LOG = 200

SEES_SCORECARDS = (Role.OWNER, Role.RECRUITER, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class Barred:
    """A member who may not be in the room: with so many scorecards missing, or, with none, because of the role."""

    member: Member
    missing: int


@dataclass(frozen=True, slots=True)
class Agendum:
    """One candidate on the list: `outcome` is the decision that stands, empty while there is none."""

    place: int
    interview_id: uuid.UUID
    name: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that was given to one candidate: every value and note of every rater, what was pinned, what they found
    together."""

    row: Row
    pinned: dict[uuid.UUID, tuple[PinnedNote, ...]]
    reconciliation: Reconciliation | None


def eligible(actor: Actor, stage: Stage, ids: list[uuid.UUID]) -> list[Interview]:
    """Those of `ids`, in their order, that were sent in this stage; where none is asked for the shortlist, as far as
    this viewer may know of it. Four queries at most."""
    rows = Interview.objects.filter(
        organization=stage.organization_id, stage=stage, is_preview=False, state=InterviewState.SUBMITTED
    )
    if not ids:
        marked = Shortlisted.objects.filter(interview__stage=stage).values("interview")
        visible = visible_ids(actor, stage, list(rows.filter(id__in=marked).values_list("id", flat=True)))
        return list(rows.filter(id__in=visible).order_by("code_name")[:MOST])
    found = {interview.id: interview for interview in rows.filter(id__in=ids[:MOST])}
    return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]


def barred(stage: Stage, members: list[Member], interviews: list[Interview]) -> list[Barred]:
    """Those of the members before whom these candidates' scorecards may not stand on a screen. Two queries."""
    raters = set(StageReviewer.objects.filter(stage=stage).values_list("member_id", flat=True))
    handed_in: dict[uuid.UUID, int] = defaultdict(int)
    rows = Scorecard.objects.filter(interview__in=interviews, member__in=members, submitted_at__isnull=False)
    for member_id in rows.values_list("member_id", flat=True):
        handed_in[member_id] += 1
    found = []
    for member in members:
        missing = len(interviews) - handed_in[member.id]
        if member.id in raters and missing:
            found.append(Barred(member, missing))
        elif member.id not in raters and member.role not in SEES_SCORECARDS:
            found.append(Barred(member, 0))
    return found


def possible_attendees(stage: Stage) -> QuerySet[Member]:
    """Active members, by name."""
    rows = Member.objects.filter(organization=stage.organization_id, is_active=True)
    return rows.select_related("user").order_by("user__name", "id")


def attendees() -> Prefetch:
    """Who is present, by name, on a meeting."""
    return Prefetch("attendees", MeetingAttendee.objects.select_related("member__user").order_by("member__user__name"))


def with_name_on_screen(interviews: QuerySet[Interview], meeting: Meeting) -> QuerySet[Interview]:
    """As `with_shown_name`, for everybody who looks at the screen: a name is there when all of them have had it shown,
    or a decision has opened it. Auditors, who are shown no names, do not count. One query at once."""
    rows = MeetingAttendee.objects.filter(meeting=meeting).exclude(member__role=Role.AUDITOR)
    present = list(rows.values_list("member_id", flat=True))
    seen = Reveal.objects.filter(interview=OuterRef("pk"), member__in=present).order_by().values("interview")
    by_all = Coalesce(Subquery(seen.annotate(many=Count("*")).values("many")), 0)
    rows = interviews.annotate(seen_by=by_all)
    hidden = ~Q(stage__blind_level=BlindLevel.NOTHING) & Q(seen_by__lt=len(present)) & ~Q(finally_decided())
    return rows.annotate(
        name_hidden=Case(When(hidden, then=Value(True)), default=Value(False)),
        shown_name=Case(
            When(name_hidden=True, then=F("code_name")),
            default=F("application__candidate__name"),
            output_field=CharField(),
        ),
    )


def agenda(meeting: Meeting) -> list[Agendum]:
    """The candidates of a meeting in their order. Four queries."""
    places = dict(MeetingItem.objects.filter(meeting=meeting).order_by("place").values_list("interview_id", "place"))
    own = Interview.objects.filter(organization=meeting.organization_id, id__in=places)
    names = dict(with_name_on_screen(own, meeting).values_list("id", "shown_name"))
    decided = outcomes(places)
    return [Agendum(place, id_, names[id_], decided.get(id_, "")) for id_, place in places.items()]


def sheet(interview: Interview) -> Sheet:
    """For an interview with its shown name and kit version. Seven queries at most. Whoever calls has asked who may see
    it."""
    questions = tuple(interview.kit_version.questions.select_related("competency").order_by("place"))
    [row] = rows_of(questions, [interview])
    pinned: dict[uuid.UUID, list[PinnedNote]] = defaultdict(list)
    notes = PinnedNote.objects.filter(scorecard__in=row.scorecards, removed_at=None).exclude(Q(text="", quote=""))
    for note in notes.select_related("scorecard__member__user").order_by("start_ms", "created_at"):
        pinned[note.question_id].append(note)
    found = Reconciliation.objects.filter(interview=interview).select_related("member__user").first()
    return Sheet(row, {question: tuple(some) for question, some in pinned.items()}, found)


def log(interview: Interview, scorecards: Collection[Scorecard]) -> list[AuditEntry]:
    """The entries of the audit log about an interview, its scorecards and ratings that were changed, the newest first.
    Two queries."""
    changed = RatingChange.objects.filter(rating__scorecard__in=scorecards).values_list("rating_id", flat=True)
    things = [
        (Interview, [interview.id]),
        (Scorecard, [one.id for one in scorecards]),
        (Rating, set(changed)),
    ]
    about = Q()
    for model, ids in things:
        about |= Q(thing_kind=model._meta.label_lower, thing_id__in=[str(id_) for id_ in ids])
    entries = AuditEntry.objects.filter(about, organization=interview.organization_id)
    return list(entries.order_by("-sequence")[:LONGEST_LOG])


def decided_in(meeting: Meeting) -> list[Decision]:
    """What was decided in a meeting, in the order of time. One query."""
    rows = Decision.objects.filter(meeting=meeting).select_related("decided_by__user")
    return list(rows.order_by("created_at", "id"))


def actors_of(meeting: Meeting) -> list[Actor]:
    """Everybody present. One query."""
    rows = MeetingAttendee.objects.filter(meeting=meeting).select_related("member__user")
    return [member_actor(row.member) for row in rows]
