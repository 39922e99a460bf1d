"""Mails about follow-ups. None has what was asked or answered in it, and the team's does not say who answered."""

from django.conf import settings
from django.urls import reverse

from bothways.conversations.models import FollowUp
from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.tokens import issue_link
from bothways.notify.actions.messages import send_message
from bothways.notify.models import Message


def tell_candidate_of_follow_up(*, follow_up: FollowUp) -> Message:
    """That somebody asks, by when, and a fresh link to the page on which the question stands."""
    return _to_candidate(follow_up, "follow_up")


def remind_candidate(*, follow_up: FollowUp) -> Message:
    """The same once more, shortly before the last day."""
    return _to_candidate(follow_up, "follow_up_reminder")


def tell_who_asked(*, follow_up: FollowUp) -> Message | None:
    """That there is an answer. Who gave it, and what it is, stands on the page only. None for who is no longer here."""
    member = follow_up.asked_by
    if not member.is_active:
        return None
    interview = follow_up.interview
    slug = follow_up.organization.slug
    path = reverse("team:review-question", args=[slug, interview.id, follow_up.question.place])
    return send_message(
        organization=follow_up.organization,
        kind="conversations.follow_up_answered",
        to_email=member.user.email,
        to_name=member.user.name,
        language=member.user.language,
        context={"position": interview.position, "page": f"{settings.BASE_URL}{path}#follow-ups"},
        about=follow_up,
    )


def _to_candidate(follow_up: FollowUp, word: str) -> Message:
    interview = follow_up.interview
    candidate = interview.application.candidate
    links = links_to(issue_link(interview=interview, purpose=word))
    return send_message(
        organization=follow_up.organization,
        kind=f"conversations.{word}",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={
            "position": interview.position,
            "name": follow_up.asked_by.user.name,
            "due": follow_up.due,
            "contact_email": follow_up.organization.contact_email,
            "real_url": settings.BASE_URL + reverse("public:real"),
        },
        links={**links, "follow_up": f"{links['link']}follow-up/{follow_up.id}/"},
        about=interview,
    )
