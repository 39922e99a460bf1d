"""Work in the background: what runs, what waits, what failed and why, and trying it again."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bothways.accounts.actions.lanes import retry_failed
from bothways.accounts.models import Role
from bothways.accounts.policies import may_see_lanes
from bothways.lib.errors import require
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.lane_lines import failure_lines, kind_lines, lane_lines
from bothways.work.queries.lanes import failures, lane_views, workers_seen_at

SILENT_AFTER = dt.timedelta(minutes=4)
"""Workers say each minute that they run; a busy machine says it late."""


@require_safe
@never_cache
@member_required(Role.OWNER)
def lanes_list(request: TeamRequest) -> HttpResponse:
    """Looked at again every few seconds by htmx, which asks for the part that changes; `?still=1` leaves it alone."""
    require(may_see_lanes(request.actor, request.organization), _("Your role does not include this page."))
    failed = failures(request.organization.id)
    seen_at, views = workers_seen_at(), lane_views(request.organization.id)
    page = {
        "lines": lane_lines(views),
        "kinds": kind_lines(failed),
        "failed": failure_lines(request.organization, failed),
        "more": failed.more,
        "seen_at": seen_at,
        "is_silent": _is_silent(seen_at, runs=any(view.running for view in views)),
        "now": timezone.now(),
        "still": "still" in request.GET,
    }
    template = (
        "team/lanes/live.html" if request.htmx and not request.htmx.history_restore_request else "team/lanes/list.html"
    )
    response = render(request, template, page)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _is_silent(seen_at: dt.datetime | None, *, runs: bool) -> bool:
    """Before the first minute is over no worker has said that it runs: what runs says so."""
    return not runs if seen_at is None else timezone.now() - seen_at > SILENT_AFTER


@require_POST
@member_required(Role.OWNER)
def lanes_retry(request: TeamRequest) -> HttpResponse:
    """Try one failed job again (`job`), or all of a kind (`name`)."""
    tried = retry_failed(
        actor=request.actor,
        organization=request.organization,
        job_id=_identifier(request.POST.get("job", "")),
        name=request.POST.get("name", ""),
    )
    if tried:
        words = ngettext("One piece of work is tried again.", "%(count)s pieces of work are tried again.", tried)
        messages.success(request, words % {"count": tried})
    else:
        messages.info(request, _("There was nothing left to try again: it runs already, or is done."))
    return redirect("team:lanes-list", organization=request.organization.slug)


def _identifier(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
