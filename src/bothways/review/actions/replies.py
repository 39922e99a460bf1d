"""Sending what a person wrote to the candidate."""

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.tokens import issue_link
from bothways.interviews.models import Interview
from bothways.notify.actions.messages import send_message
from bothways.notify.models import Message
from bothways.review.models import Decision, Reversal


def send_reply(*, actor: Actor, decision: Decision) -> None:
    """Write the mail, inside the decision's transaction. The status page reads the same words from the decision."""
    decision.message = _write(actor, decision.interview, decision.reply_subject, decision.reply_body, decision)
    decision.save(update_fields=["message"])


def send_change(*, actor: Actor, reversal: Reversal) -> None:
    """Write the mail that says that a decision was taken back, inside the reversal's transaction."""
    decision = reversal.decision
    _write(actor, decision.interview, reversal.reply_subject, reversal.reply_body, decision)


def _write(actor: Actor, interview: Interview, subject: str, letter: str, decision: Decision) -> Message:
    candidate = interview.application.candidate
    page = issue_link(interview=interview, purpose="reply")
    message = send_message(
        organization=interview.organization,
        kind="review.reply",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={"subject": subject, "letter": letter, "position": interview.position},
        links={"page": page, **links_to(page)},
        about=interview,
    )
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="reply.sent",
        thing=interview,
        detail={"decision": str(decision.id), "message": str(message.id)},
    )
    return message
