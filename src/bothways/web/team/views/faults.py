"""Technical faults that candidates met, and when the server was away: for those who can do something about it."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bothways.interviews.policies import may_see_faults
from bothways.interviews.queries.faults import faults_page
from bothways.interviews.queries.people import Cursor
from bothways.lib.errors import require
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.fault_words import fault_words
from bothways.web.team.navigation import MAKERS
from bothways.work.queries.outages import outages

OUTAGES_OF = dt.timedelta(days=30)


@require_safe
@never_cache
@member_required(*MAKERS)
def faults_list(request: TeamRequest) -> HttpResponse:
    """Newest first; `?before=<moment>_<id>` continues. Names of people are not here, only code names."""
    require(may_see_faults(request.actor, request.organization), _("Your role does not include this page."))
    text = request.GET.get("before", "")
    before = Cursor.read(text) if text else None
    if text and before is None:
        raise Http404
    page = faults_page(request.organization, before=before)
    shown = {
        "lines": [(fault, fault_words(fault.code)) for fault in page.faults],
        "older": str(page.older) if page.older else "",
        "first": before is None,
        "outages": [] if before else outages(timezone.now() - OUTAGES_OF),
    }
    return render(request, "team/faults/list.html", shown)
