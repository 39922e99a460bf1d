"""A member's live interviews for their own calendar program: whoever holds the address reads them."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from bothways.lib.rate_limits import within_limit
from bothways.live.queries.calendar_entries import feed_of
from bothways.live.queries.feeds import feed_of_token

MOST_MISSES = 30
MISSES_PER_S = 600


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed in full, or, asked with the mark of what the program has, that it is still the same."""
    feed = feed_of_token(token)
    if feed is None:
        return _sealed(_no_such_feed(request))
    content = feed_of(feed.member)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    has = request.headers.get("If-None-Match", "").replace("W/", "")
    same = etag in [mark.strip() for mark in has.split(",")]
    response = HttpResponseNotModified() if same else HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    return _sealed(response)


def _no_such_feed(request: HttpRequest) -> HttpResponse:
    """An address that keeps trying is slowed down, though guessing is hopeless."""
    who = request.META.get("REMOTE_ADDR", "")
    known = within_limit(what="calendar-feed", who=who, amount=MOST_MISSES, per_s=MISSES_PER_S)
    response = HttpResponse(status=404 if known else 429)
    if not known:
        response.headers["Retry-After"] = str(MISSES_PER_S)
    return response


def _sealed(response: HttpResponse) -> HttpResponse:
    """The address is a secret: nobody keeps what stands behind it, nobody lists it, and no log has it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
