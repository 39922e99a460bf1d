"""Everything about one interview's scorecards that one member may read, for a document."""

import uuid
from dataclasses import dataclass

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview, InterviewState
from bothways.review.models import Decision
from bothways.review.queries.decisions import history
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.readiness import Readiness, readiness
from bothways.review.queries.scorecard_rows import Row, rows_of


@dataclass(frozen=True, slots=True)
class ScorecardPaper:
    """`decisions`, the newest first, and `readiness` are there only where decisions were asked for."""

    row: Row
    decisions: tuple[Decision, ...]
    readiness: Readiness | None

    @property
    def interview(self) -> Interview:
        return self.row.interview


def named_interview(actor: Actor, interview_id: uuid.UUID) -> Interview | None:
    """A sent interview of the member's organization, with the name as the page that compares shows it. One query."""
    sent = Interview.objects.filter(
        organization=actor.organization_id, is_preview=False, state=InterviewState.SUBMITTED, id=interview_id
    )
    shown = with_shown_name(sent, actor.id, after_decision=True)
    return shown.select_related("organization", "position", "stage", "kit_version").first()


def scorecard_paper(interview: Interview, *, with_decisions: bool) -> ScorecardPaper:
    """For an interview from `named_interview`. Nine queries at most. Whoever calls has asked who may read it."""
    questions = tuple(interview.kit_version.questions.select_related("competency"))
    [row] = rows_of(questions, [interview])
    if not with_decisions:
        return ScorecardPaper(row, (), None)
    return ScorecardPaper(row, tuple(history(interview)), readiness(interview))
