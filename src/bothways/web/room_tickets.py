"""What a candidate's page carries to the room's socket, because the link itself must not stand in its address."""

import uuid
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

from bothways.accounts.actors import Actor, candidate_actor
from bothways.interviews.models import AccessToken, Interview, InterviewState
from bothways.interviews.policies import candidate_id_of
from bothways.lib.tokens import digest

SALT = "bothways.room"
LASTS_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class Ticket:
    interview_id: uuid.UUID
    link_id: uuid.UUID


def make_ticket(*, interview: Interview, token: str) -> str:
    """A ticket for the room of this interview, good as long as the link with this token is, for half a day at most."""
    link = AccessToken.objects.get(token_digest=digest(token), interview=interview)
    return signing.dumps([interview.id.hex, link.id.hex], salt=SALT)


def read_ticket(ticket: str) -> Ticket | None:
    """None for what is no ticket of ours, or too old."""
    try:
        interview, link = signing.loads(ticket, salt=SALT, max_age=LASTS_S)
        return Ticket(uuid.UUID(interview), uuid.UUID(link))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None


def actor_of(ticket: Ticket, interview: Interview) -> Actor | None:
    """The candidate who holds it, while it is for this interview and their link opens. One query."""
    links = AccessToken.objects.filter(id=ticket.link_id, interview=interview.id, interview_id=ticket.interview_id)
    is_open = links.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
    if interview.state == InterviewState.WITHDRAWN or not is_open.exists():
        return None
    return candidate_actor(
        candidate_id=candidate_id_of(interview),
        name=interview.application.candidate.name if interview.application else "Preview",
        organization_id=interview.organization_id,
    )
