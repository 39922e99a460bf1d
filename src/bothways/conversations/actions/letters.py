"""Mails about inquiries and feedback. None has what was asked, answered or said in it, and the team's does not say who
asks."""

from django.conf import settings
from django.urls import reverse

from bothways.accounts.models import Member
from bothways.conversations.models import Feedback, Inquiry
from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.tokens import issue_link
from bothways.interviews.models import Interview
from bothways.notify.actions.messages import send_message
from bothways.notify.models import Message


def tell_candidate(*, inquiry: Inquiry) -> Message:
    """That there is an answer, with a fresh link to the page on which it stands."""
    return write_to_candidate(inquiry.interview, "inquiry_answered", inquiry.answered_by, below={"ask": "ask/"})


def tell_of_feedback(*, feedback: Feedback) -> Message:
    """That there is feedback, with a fresh link to the page on which it stands."""
    return write_to_candidate(feedback.interview, "feedback", feedback.approved_by)


def write_to_candidate(
    interview: Interview, word: str, by: Member | None, *, below: dict[str, str] | None = None, **facts: object
) -> Message:
    """Mail `conversations.<word>` to the candidate, with a fresh link. `below` names addresses under their page."""
    candidate = interview.application.candidate
    links = links_to(issue_link(interview=interview, purpose=word))
    return send_message(
        organization=interview.organization,
        kind=f"conversations.{word}",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={
            "position": interview.position,
            "name": by.user.name if by else "",
            "contact_email": interview.organization.contact_email,
            "real_url": settings.BASE_URL + reverse("public:real"),
            **facts,
        },
        links=links | {name: f"{links['link']}{rest}" for name, rest in (below or {}).items()},
        about=interview,
    )


def tell_owner(*, inquiry: Inquiry, word: str, by: str = "") -> Message:
    """Mail `conversations.<word>` to the member who owes the answer. Who asks, and what, stands on the page only: not
    every owner may know it, and no mailbox keeps it."""
    member = inquiry.owner
    path = reverse("team:inquiries-detail", args=[inquiry.organization.slug, inquiry.id])
    return send_message(
        organization=inquiry.organization,
        kind=f"conversations.{word}",
        to_email=member.user.email,
        to_name=member.user.name,
        language=member.user.language,
        context={
            "inquiry": inquiry,
            "position": inquiry.interview.position,
            "by": by,
            "page": settings.BASE_URL + path,
        },
        about=inquiry,
    )
