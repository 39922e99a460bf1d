"""Mails about inquiries and feedback. None has what was asked, answered or said in it, and the team's does not say who
asks."""

from django.conf import settings
from django.urls import reverse

from bothways.conversations.models import Feedback, Inquiry
from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.tokens import issue_link
from bothways.notify.actions.messages import send_message
from bothways.notify.models import Message


def tell_candidate(*, inquiry: Inquiry) -> Message:
    """That there is an answer, with a fresh link to the page on which it stands."""
    interview = inquiry.interview
    candidate = interview.application.candidate
    links = links_to(issue_link(interview=interview, purpose="inquiry_answered"))
    return send_message(
        organization=inquiry.organization,
        kind="conversations.inquiry_answered",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={
            "position": interview.position,
            "name": inquiry.answered_by.user.name if inquiry.answered_by else "",
            "contact_email": inquiry.organization.contact_email,
            "real_url": settings.BASE_URL + reverse("public:real"),
        },
        links={**links, "ask": f"{links['link']}ask/"},
        about=interview,
    )


def tell_of_feedback(*, feedback: Feedback) -> Message:
    """That there is feedback, with a fresh link to the page on which it stands."""
    interview = feedback.interview
    candidate = interview.application.candidate
    return send_message(
        organization=feedback.organization,
        kind="conversations.feedback",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={
            "position": interview.position,
            "name": feedback.approved_by.user.name if feedback.approved_by else "",
            "contact_email": feedback.organization.contact_email,
            "real_url": settings.BASE_URL + reverse("public:real"),
        },
        links=links_to(issue_link(interview=interview, purpose="feedback")),
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
