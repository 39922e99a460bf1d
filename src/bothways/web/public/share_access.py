"""Who may open a shared page: whoever holds its link, while it lives, and has opened it within the hour.

The link alone shows only what is behind it, so that programs that follow links in mails use up no view. Opening it
counts a view and gives a ticket for an hour, in which the page may be loaded again.
"""

import uuid

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bothways.lib.rate_limits import within_limit
from bothways.media.addresses import VALID_S
from bothways.review.models import Share
from bothways.review.queries.shares import is_alive

_SALT = "bothways.share.ticket"
MOST_MISSES = 30
MISSES_PER_S = 600


def ticket_for(share: Share) -> str:
    return signing.dumps(share.id.hex, salt=_SALT)


def is_ticket_of(share: Share, ticket: str) -> bool:
    """Whether this ticket was given for this share within the last hour."""
    try:
        return uuid.UUID(signing.loads(ticket, salt=_SALT, max_age=VALID_S)) == share.id
    except signing.BadSignature:
        return False


def why_closed(share: Share) -> str:
    """Why it shows nothing any more; empty while it lives, whether or not a view is left."""
    if share.revoked_at is not None:
        return "revoked"
    if share.expires_at <= timezone.now():
        return "expired"
    return "" if is_alive(share) else "revoked"


def no_such_share(request: HttpRequest) -> HttpResponse:
    """A link that was never ours. Links carry 256 bits; an address that keeps trying is slowed down all the same."""
    who = request.META.get("REMOTE_ADDR", "")
    if within_limit(what="share-link", who=who, amount=MOST_MISSES, per_s=MISSES_PER_S):
        return sealed(closed(request, "unknown", 404))
    response = sealed(closed(request, "unknown", 429))
    response.headers["Retry-After"] = str(MISSES_PER_S)
    return response


def closed(request: HttpRequest, reason: str, status: int, share: Share | None = None) -> HttpResponse:
    page = {"reason": reason, "organization": share.organization if share else None, "share": share}
    return render(request, "public/share/over.html", page, status=status)


def sealed(response: HttpResponse, *, has_form: bool = False) -> HttpResponse:
    """The address is a secret: nobody keeps the page, nobody lists it, and no other site is told where one came from.

    With `has_form` the own site is told, because the check against forged forms needs to know where a form stood.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin" if has_form else "no-referrer"
    # Django writes the address of every refusal into the log, and here the address is the key.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
