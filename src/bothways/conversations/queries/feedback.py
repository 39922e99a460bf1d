"""Feedback: who has had none yet, what is to be sent, and how it reads."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from bothways.accounts.actors import Actor
from bothways.conversations.models import Feedback
from bothways.conversations.queries.feedback_drafts import Part, Text, feedback_draft
from bothways.interviews.models import Answer, Interview, InterviewState
from bothways.positions.models import ApplicationState, Position, Stage
from bothways.review.models import Scorecard
from bothways.review.queries.heat import visible_ids
from bothways.review.queries.identity import final_decisions, with_shown_name
from bothways.review.queries.replies import can_still_be_stopped

LONGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Owed:
    """One person who has had no feedback. `told_at` is when they learned of the decision, None before it.

    `is_ready`: this member may see what was given, so that the draft opens to them.
    """

    id: uuid.UUID
    who: str
    stage: str
    told_at: dt.datetime | None
    is_approved: bool
    is_begun: bool
    is_ready: bool


def feedback_of(interview: Interview) -> Feedback | None:
    """What is kept of it, in whatever state. Two queries at most."""
    rows = Feedback.objects.filter(organization=interview.organization_id, interview=interview)
    loaded = rows.select_related("approved_by__user", "recording").prefetch_related("parts", "recording__renditions")
    return loaded.first()


def sent_feedback(interview: Interview) -> Feedback | None:
    """What the candidate reads, or None while there is nothing to read. Three queries at most."""
    found = feedback_of(interview)
    return found if found and found.is_sent else None


def text_of(feedback: Feedback) -> Text:
    """What is kept, as it is edited. No query after a prefetch."""
    parts = sorted(feedback.parts.all(), key=lambda part: part.place)
    return Text(
        feedback.words, tuple(Part(one.place, one.name, one.band, one.strength, one.next_step) for one in parts)
    )


def text_to_edit(interview: Interview, feedback: Feedback | None, writer: str) -> Text:
    """What stands in the form: the draft by rule, with what somebody has kept in its place. A part that they have left
    out can be brought back. Four queries at most."""
    draft = feedback_draft(interview, writer)
    if feedback is None or (not feedback.revision and not feedback.words):
        return draft
    kept = {part.place: part for part in text_of(feedback).parts}
    begun = {part.place: Part(part.place, part.name, "", part.strength, part.next_step) for part in draft.parts}
    return Text(feedback.words, tuple(part for _place, part in sorted({**begun, **kept}.items())))


def without_feedback(position: Position) -> QuerySet[Interview]:
    """Those who sent answers that are still there, or were rated, and have had no feedback."""
    given = Answer.objects.filter(
        Q(chosen_take__isnull=False) | Q(chosen_written__isnull=False), interview=OuterRef("pk")
    )
    rated = Scorecard.objects.filter(interview=OuterRef("pk"), submitted_at__isnull=False)
    had = Feedback.objects.filter(interview=OuterRef("pk"), sent_at__isnull=False)
    return Interview.objects.filter(
        Exists(given) | Exists(rated),
        ~Exists(had),
        organization=position.organization_id,
        position=position,
        is_preview=False,
        state=InterviewState.SUBMITTED,
    ).exclude(application__state=ApplicationState.WITHDRAWN)


def owed(actor: Actor, position: Position, most: int = LONGEST_PAGE) -> list[Owed]:
    """Who has had none: those who were told longest ago first, then those who still wait for a decision. Two queries
    and two for each stage."""
    told = final_decisions().filter(replied_at__isnull=False).order_by("-created_at").values("replied_at")[:1]
    rows = list(
        with_shown_name(without_feedback(position), actor.id, after_decision=True)
        .select_related("stage", "feedback")
        .annotate(told_at=Subquery(told))
        .order_by(F("told_at").asc(nulls_last=True), "reply_by", "submitted_at", "id")[:most]
    )
    by_stage: dict[Stage, list[uuid.UUID]] = {}
    for row in rows:
        by_stage.setdefault(row.stage, []).append(row.id)
    ready = {id_ for stage, ids in by_stage.items() for id_ in visible_ids(actor, stage, ids)}
    return [_owed(row, row.id in ready) for row in rows]


def to_send() -> QuerySet[Feedback]:
    """Approved, and the candidate has been told of the decision by a letter that nobody can stop any more."""
    told = final_decisions("interview").filter(replied_at__isnull=False).exclude(can_still_be_stopped())
    return (
        Feedback.objects.filter(
            Exists(told), approved_at__isnull=False, sent_at__isnull=True, interview__state=InterviewState.SUBMITTED
        )
        .exclude(interview__application__state=ApplicationState.WITHDRAWN)
        .order_by("approved_at", "id")
    )


def _owed(row: Interview, is_ready: bool) -> Owed:
    begun = getattr(row, "feedback", None)
    return Owed(
        id=row.id,
        who=row.shown_name,
        stage=row.stage.name,
        told_at=row.told_at,
        is_approved=begun is not None and begun.is_approved,
        is_begun=begun is not None,
        is_ready=is_ready,
    )
