"""The outbox: what was written to whom, and what became of it."""

import datetime as dt
import uuid

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bothways.accounts.models import Role
from bothways.notify.actions.outbox import read_message
from bothways.notify.queries.outbox import messages, outbox_page
from bothways.web.team.access import TeamRequest, member_required


@require_safe
@member_required(Role.OWNER)
def outbox_list(request: TeamRequest) -> HttpResponse:
    """Newest first; `?before=<moment>_<id>` continues after the last mail of a page."""
    before = request.GET.get("before")
    page = {
        "page": outbox_page(request.organization, before=_cursor(before) if before else None),
        "first": not before,
        "sends_mail": settings.SENDS_MAIL,
    }
    return render(request, "team/outbox/list.html", page)


@require_safe
@never_cache
@member_required(Role.OWNER)
def outbox_read(request: TeamRequest, message_id: uuid.UUID) -> HttpResponse:
    """One mail as its reader gets it. Its secret links open things: that an owner read them is on record."""
    message = get_object_or_404(messages(request.organization), id=message_id)
    text = read_message(actor=request.actor, message=message)
    return render(request, "team/outbox/read.html", {"message": message, "text": text})


def _cursor(text: str) -> tuple[dt.datetime, uuid.UUID]:
    moment, _, identifier = text.partition("_")
    try:
        return dt.datetime.fromisoformat(moment), uuid.UUID(identifier)
    except ValueError:
        raise Http404 from None
