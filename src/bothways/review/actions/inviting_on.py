"""Deciding that somebody goes on, and inviting them to the next stage in the same step."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bothways.accounts.actors import Actor
from bothways.interviews.actions.invitations import invite, invite_again
from bothways.interviews.models import Interview, InterviewState
from bothways.positions.models import Stage
from bothways.review.actions.decisions import decide
from bothways.review.models import Decision, Outcome
from bothways.review.queries.stages import stage_after


@dataclass(frozen=True, slots=True)
class Done:
    decision: Decision
    is_invited: bool


@transaction.atomic
def decide_and_invite(*, actor: Actor, interview: Interview, outcome: str, invite_on: bool, **words: Any) -> Done:
    """As `decide`, and with `invite_on` whoever advances is invited to the stage behind, under its rules: all or
    nothing.

    Raises:
        Refused: as `decide` and `invite` do.
    """
    later = stage_after(interview.stage) if invite_on and outcome == Outcome.ADVANCE else None
    decision = decide(actor=actor, interview=interview, outcome=outcome, **words)
    return Done(decision, later is not None and _invited(actor, interview, later))


def _invited(actor: Actor, interview: Interview, later: Stage) -> bool:
    """Somebody who is in the next stage already needs no second invitation; one that was taken back with an earlier
    decision stands again."""
    there = Interview.objects.filter(application=interview.application_id, stage=later, is_preview=False).first()
    if there is None:
        candidate = interview.application.candidate
        invite(actor=actor, stage=later, name=candidate.name, email=candidate.email, language=interview.language)
    elif there.state == InterviewState.WITHDRAWN:
        invite_again(actor=actor, interview=there)
    else:
        return False
    return True
