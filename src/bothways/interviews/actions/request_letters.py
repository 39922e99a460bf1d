"""Mails about requests: to the candidate, and to the member who owes the answer."""

from django.conf import settings
from django.urls import reverse

from bothways.accounts.models import Member
from bothways.interviews.actions.letters import links_to
from bothways.interviews.actions.tokens import issue_link
from bothways.interviews.models import Request
from bothways.interviews.queries.letters import zone_of
from bothways.interviews.queries.window import accepts_new_takes, open_until, stands_still
from bothways.lib.zones import zone_words
from bothways.notify.actions.messages import send_message
from bothways.notify.models import Message


def tell_candidate(*, request: Request, word: str) -> Message:
    """Mail `interviews.<word>` to who asked, in their language and zone, with a fresh link to their page."""
    interview = request.interview
    candidate = interview.application.candidate
    zone = zone_of(interview)
    return send_message(
        organization=request.organization,
        kind=f"interviews.{word}",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={
            "asked": request,
            "position": interview.position,
            "owner": request.owner.user.name,
            "deadline": open_until(interview),
            "can_answer": accepts_new_takes(interview),
            "clock_stands": stands_still(interview),
            "zone": zone,
            "zone_words": zone_words(zone, interview.language),
            "contact_email": request.organization.contact_email,
            "real_url": settings.BASE_URL + reverse("public:real"),
        },
        links=links_to(issue_link(interview=interview, purpose=word)),
        about=interview,
    )


def tell_owner(*, request: Request, word: str, to: Member | None = None, by: str = "") -> Message:
    """Mail `interviews.<word>` to the member who owes the answer, or to another one.

    It says who asks and links to the page; what the candidate wrote stays on that page, so that no mailbox keeps it.
    """
    member = to or request.owner
    interview = request.interview
    path = reverse("team:requests-detail", args=[request.organization.slug, request.id])
    return send_message(
        organization=request.organization,
        kind=f"interviews.{word}",
        to_email=member.user.email,
        to_name=member.user.name,
        language=member.user.language,
        context={
            "asked": request,
            "candidate": interview.application.candidate,
            "position": interview.position,
            "owner": request.owner.user.name,
            "by": by,
            "clock_stands": stands_still(interview),
            "page": settings.BASE_URL + path,
        },
        about=interview,
    )
