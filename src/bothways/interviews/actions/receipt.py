"""The mails that say that the answers are here, or that the talk is over, and what comes now."""

from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.tokens import issue_link
from bothways.interviews.models import Interview
from bothways.interviews.queries.promise import reply_days
from bothways.notify.actions.messages import send_message
from bothways.notify.models import Message


def send_receipt(*, interview: Interview, kind: str = "interviews.receipt") -> Message:
    """Tell the candidate by when they hear and from whom, with a link to the status page. `kind` says what came before
    that: that everything arrived, or another mail with the same facts."""
    candidate = interview.application.candidate
    page = issue_link(interview=interview, purpose="receipt")
    return send_message(
        organization=interview.organization,
        kind=kind,
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={
            "position": interview.position,
            "reply_by": interview.reply_by,
            "reply_days": reply_days(interview),
            "replies_by": interview.position.replies_by.user.name,
        },
        links={"status": page, **links_to(page)},
        about=interview,
    )
