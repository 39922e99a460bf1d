"""Whose link is it? For people who want to know whether an invitation is real."""

from dataclasses import dataclass

from django.utils import timezone

from bothways.accounts.models import Organization
from bothways.interviews.models import AccessToken, OpenLink
from bothways.lib.tokens import digest


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """`opens` is False for a link that was ours and is over."""

    organization: Organization
    opens: bool


def organization_of_link(token: str) -> LinkOwner | None:
    """Who made the link with this token: a personal one or an open one. None for a token that we never made."""
    now = timezone.now()
    own = AccessToken.objects.select_related("organization").filter(token_digest=digest(token)).first()
    if own is not None:
        return LinkOwner(own.organization, own.revoked_at is None and own.expires_at > now)
    open_link = OpenLink.objects.select_related("organization").filter(token_digest=digest(token)).first()
    if open_link is not None:
        lapsed = open_link.expires_at is not None and open_link.expires_at <= now
        return LinkOwner(open_link.organization, open_link.closed_at is None and not lapsed)
    return None
