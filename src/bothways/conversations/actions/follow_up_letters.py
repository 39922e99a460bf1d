"""Mails about follow-ups. None has what was asked or answered in it, and the team's does not say who answered."""

from django.conf import settings
from django.urls import reverse

from bothways.conversations.actions.letters import write_to_candidate
from bothways.conversations.models import FollowUp
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
    below = {"follow_up": f"follow-up/{follow_up.id}/"}
    return write_to_candidate(follow_up.interview, word, follow_up.asked_by, below=below, due=follow_up.due)
