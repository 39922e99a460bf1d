"""What it takes to take a decision back: what the candidate has been told, and what they were invited to since."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bothways.interviews.models import Interview, InterviewState
from bothways.notify.queries.sending import never_tried
from bothways.review.models import Decision, Outcome
from bothways.review.queries.replies import can_still_be_stopped


@dataclass(frozen=True, slots=True)
class Reversible:
    """`is_told`: the candidate may have read the letter, and has to read an honest word about the change.

    `later` are invitations to later stages that nobody has begun; they end with it. `obstacle` says in words why it
    cannot be taken back here, and what to do.
    """

    decision: Decision
    is_told: bool
    later: tuple[Interview, ...]
    obstacle: str = ""


def reversible(decision: Decision) -> Reversible:
    """How it stands with a decision that stands. Three queries at most."""
    if decision.outcome == Outcome.HOLD:
        return Reversible(decision, is_told=False, later=())
    waiting = Decision.objects.filter(can_still_be_stopped(), id=decision.id).select_related("message").first()
    later = [] if decision.outcome == Outcome.DECLINE else later_interviews(decision.interview)
    begun = next((one for one in later if is_begun(one)), None)
    return Reversible(
        decision,
        is_told=waiting is None or not never_tried(waiting.message),
        later=() if begun else tuple(one for one in later if one.state != InterviewState.WITHDRAWN),
        obstacle=_begun_words(begun) if begun else "",
    )


def later_interviews(interview: Interview) -> list[Interview]:
    """The same person's interviews in the stages behind. One query."""
    rows = Interview.objects.filter(
        application=interview.application_id, stage__place__gt=interview.stage.place, is_preview=False
    )
    return list(rows.select_related("stage").order_by("stage__place"))


def is_begun(interview: Interview) -> bool:
    """Whether somebody has put work into it that must not be taken away by a decision about something else."""
    return interview.state != InterviewState.WITHDRAWN and (
        interview.started_at is not None or interview.state == InterviewState.SUBMITTED
    )


def _begun_words(later: Interview) -> str:
    if later.state == InterviewState.SUBMITTED:
        return _(
            "The candidate has sent answers in “%(stage)s”, and is owed a decision there. Decide about them in that "
            "stage. Nothing was changed."
        ) % {"stage": later.stage.name}
    return _(
        "The candidate has begun to answer in “%(stage)s”. Wait until they have sent and decide there, or talk to them "
        "and take that invitation back on their page first. Nothing was changed."
    ) % {"stage": later.stage.name}
