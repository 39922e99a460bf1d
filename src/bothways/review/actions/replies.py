"""Sending what a person wrote to the candidate."""

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.tokens import issue_link
from bothways.notify.actions.messages import send_message
from bothways.review.models import Decision


def send_reply(*, actor: Actor, decision: Decision) -> None:
    """Write the mail, inside the decision's transaction. The status page reads the same words from the decision."""
    interview = decision.interview
    candidate = interview.application.candidate
    page = issue_link(interview=interview, purpose="reply")
    message = send_message(
        organization=interview.organization,
        kind="review.reply",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={"subject": decision.reply_subject, "letter": decision.reply_body, "position": interview.position},
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
