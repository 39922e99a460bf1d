"""Is this invitation real? Anybody may ask, with the link from the mail."""

import re
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bothways.accounts.models import Organization
from bothways.interviews.queries.link_owner import organization_of_link
from bothways.web.public.forms.real import RealForm

_TOKEN = re.compile(r"/(?:i|o)/(?P<token>[\w-]{20,100})(?:/|$)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind` is "real", "over" (ours, and opens nothing any more), "unknown" or "elsewhere" (another server)."""

    kind: str
    organization: Organization | None = None
    host: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def real(request: HttpRequest) -> HttpResponse:
    """Say whether a link is ours and whose it is. It is posted, so that it stands in no log."""
    form = RealForm(request.POST or None)
    verdict = None
    if request.method == "POST" and form.is_valid():
        if too_many := ratelimit.consume_or_429(request, action="login"):
            return too_many
        verdict = judge(form.cleaned_data["link"])
    page = {
        "form": form,
        "verdict": verdict,
        "host": urlsplit(settings.BASE_URL).netloc,
        "sender": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }
    return render(request, "public/real/real.html", page, status=422 if form.errors else 200)


def judge(link: str) -> Verdict:
    """What we know about a pasted link."""
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
    except ValueError:
        return Verdict("elsewhere")
    if parts.netloc != urlsplit(settings.BASE_URL).netloc:
        return Verdict("elsewhere", host=parts.netloc)
    found = _TOKEN.search(parts.path)
    known = organization_of_link(found["token"]) if found else None
    if known is None:
        return Verdict("unknown")
    return Verdict("real" if known.opens else "over", known.organization)
