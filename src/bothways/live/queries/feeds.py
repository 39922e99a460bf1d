"""A member's own feed of live interviews."""

from django.conf import settings
from django.urls import reverse

from bothways.accounts.models import Member
from bothways.lib.sealing import SealBroken, unseal
from bothways.lib.tokens import digest
from bothways.live.models import CalendarFeed


def feed_address(member: Member) -> str:
    """The secret address; empty where there is none, or none that this server can still open."""
    feed = CalendarFeed.objects.filter(member=member).first()
    if feed is None:
        return ""
    try:
        token = unseal(feed.sealed_token)
    except SealBroken:
        return ""
    return settings.BASE_URL + reverse("public:calendar_feed", args=[token])


def feed_of_token(token: str) -> CalendarFeed | None:
    """The feed behind an address. Whoever left the team has none."""
    rows = CalendarFeed.objects.select_related("organization", "member__user", "member__organization")
    return rows.filter(token_digest=digest(token), member__is_active=True, member__user__is_active=True).first()
