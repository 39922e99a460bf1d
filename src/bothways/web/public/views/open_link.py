"""Where an open link leads: what the interview is, and how to get a personal link for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bothways.conversations.queries.promises import kept
from bothways.conversations.queries.published import published_of
from bothways.interviews.actions.open_links import come_in
from bothways.interviews.models import OpenLink
from bothways.interviews.queries.inviting import obstacle, version_of
from bothways.interviews.queries.letters import stage_facts
from bothways.interviews.queries.open_links import taking_in
from bothways.lib.errors import Refused
from bothways.lib.rate_limits import within_limit
from bothways.web.public.forms.open_link import ComeInForm

HOUR_S = 3600
MOST_FROM_ONE_PLACE = 60
"""People at a fair share one line, so this is generous; `MOST_TO_ONE_ADDRESS` protects the addresses of others."""

MOST_TO_ONE_ADDRESS = 4


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Tell what it is about and ask for name and address. Says the same whether or not the address is known."""
    link = taking_in(token)
    hindered = obstacle(link.stage) if link else None
    if link is None or hindered is not None:
        reason = {None: "unknown", "promise_broken": "held"}.get(hindered and hindered.code, "closed")
        return render(request, "candidate/gone/gone.html", {"reason": reason}, status=404)
    form = ComeInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = _let_in(request, link, form.cleaned_data["name"], form.cleaned_data["email"])
        if not words:
            return redirect("public:open_link-sent", token=token)
        form.add_error(None, words)
    version = version_of(link.stage)
    page = {
        "form": form,
        "organization": link.organization,
        "position": link.stage.position,
        "others": [one for one in published_of(link.stage.position) if one.answer],
        "facts": stage_facts(link.stage, version) if version else None,
        "kept": kept(link.stage.position, link.organization),
    }
    return render(request, "public/open_link/come_in.html", page, status=422 if form.errors else 200)


@require_safe
def open_link_sent(request: HttpRequest, token: str) -> HttpResponse:
    """The mail is on its way. The address is not repeated, because this page can be opened by anybody."""
    link = taking_in(token)
    page = {"organization": link.organization if link else None, "token": token}
    return render(request, "public/open_link/sent.html", page)


def _let_in(request: HttpRequest, link: OpenLink, name: str, email: str) -> str:
    """Empty when the mail is written, else what stands against it."""
    place = request.META.get("REMOTE_ADDR", "")
    if not within_limit(
        what="open-link-place", who=place, amount=MOST_FROM_ONE_PLACE, per_s=HOUR_S
    ) or not within_limit(what="open-link-address", who=email.lower(), amount=MOST_TO_ONE_ADDRESS, per_s=HOUR_S):
        return _("Several mails were asked for in a short time. Look into your mailbox, or try again in an hour.")
    try:
        come_in(open_link=link, name=name, email=email, language=translation.get_language() or "")
    except Refused as refused:
        return refused.words
    return ""
