"""Taking a decision back, with a trace, and without leaving the candidate with what is no longer true."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.invitations import take_back_unbegun
from bothways.interviews.actions.promise import renew_promise
from bothways.interviews.models import Interview
from bothways.interviews.queries.promise import promised_day
from bothways.lib.errors import Refused, require
from bothways.notify.actions.messages import stop_message
from bothways.positions.models import ApplicationState
from bothways.review.actions.decisions import locked, require_reply
from bothways.review.actions.replies import send_change
from bothways.review.models import Outcome, Reversal
from bothways.review.policies import may_reverse
from bothways.review.queries.decisions import latest_decision
from bothways.review.queries.reply_drafts import NAME
from bothways.review.queries.reversing import Reversible, reversible


@transaction.atomic
def reverse_decision(
    *,
    actor: Actor,
    interview: Interview,
    seen: uuid.UUID | None,
    reason: str,
    reply_subject: str = "",
    reply_body: str = "",
) -> Reversal:
    """Take back the decision that stands. It stays in the record, with who took it back and why.

    `seen` is that decision as it stood on the page. A letter that has not left is stopped, and nobody is told anything;
    else the candidate is written to, and hears by a new promised date. Invitations to later stages that nobody has
    begun end with it. Somebody on hold is simply no longer on hold.

    Raises:
        Refused: `nothing_stands` (somebody was faster), `begun` (a later stage, with what to do), `no_reason`,
            `no_reply`, `blanks`, `told` (the letter left while the page said that it could be stopped).
    """
    require(may_reverse(actor, interview), _("Owners and recruiters decide, and take decisions back."))
    interview = locked(interview)
    decision = latest_decision(interview)
    if decision is None or decision.id != seen:
        raise Refused(
            "nothing_stands",
            _("What you saw no longer stands: somebody was faster. Nothing was changed. Load the page again."),
        )
    decision.interview = interview
    state = reversible(decision)
    if state.obstacle:
        raise Refused("begun", state.obstacle)
    if not reason.strip():
        raise Refused("no_reason", _("Write why. It stays with the team and in the record. Nothing was changed."))
    is_stopped = decision.is_final and not state.is_told and stop_message(decision.message)
    is_told = decision.is_final and not is_stopped
    if is_told and not state.is_told:
        raise Refused("told", _("The letter has left meanwhile. Nothing was changed. Write to them what has changed."))
    if is_told:
        require_reply(reply_subject, reply_body)
    reversal = _keep(actor, state, reason, reply_subject, reply_body, is_told, is_stopped)
    for later in state.later:
        take_back_unbegun(actor=actor, interview=later)
    _reopen(interview, is_told)
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="interview.decision_reversed",
        thing=interview,
        detail={
            "decision": str(decision.id),
            "outcome": decision.outcome,
            "told": is_told,
            "invitations": [str(later.id) for later in state.later],
        },
    )
    if is_told:
        send_change(actor=actor, reversal=reversal)
    return reversal


def _keep(
    actor: Actor, state: Reversible, reason: str, subject: str, body: str, is_told: bool, is_stopped: bool
) -> Reversal:
    now, decision = timezone.now(), state.decision
    decision.reversed_at = now
    if is_stopped:
        decision.replied_at = None
    decision.save(update_fields=["reversed_at", "replied_at"])
    name = decision.interview.application.candidate.name
    return Reversal.objects.create(
        organization=decision.organization,
        decision=decision,
        reason=reason.strip(),
        reversed_by_id=actor.id,
        stopped_letter=is_stopped,
        reply_subject=subject.strip().replace(NAME, name) if is_told else "",
        reply_body=body.strip().replace(NAME, name) if is_told else "",
        replied_at=now if is_told else None,
    )


def _reopen(interview: Interview, is_told: bool) -> None:
    """Back to the stage in which it is open again, on hold where that stood before; who was told waits anew."""
    stands = latest_decision(interview)
    is_held = stands is not None and stands.outcome == Outcome.HOLD
    application = interview.application
    application.state = ApplicationState.HELD if is_held else ApplicationState.ACTIVE
    application.stage = interview.stage
    application.save(update_fields=["state", "stage"])
    if is_told:
        renew_promise(interview=interview, day=promised_day(interview))
