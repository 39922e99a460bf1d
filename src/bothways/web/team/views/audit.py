"""The audit log: who did what to which thing, when, and whether the chain holds."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bothways.accounts.models import Role
from bothways.accounts.queries.audit import flaws
from bothways.accounts.queries.audit_page import audit_page
from bothways.web.team.access import TeamRequest, member_required


@require_safe
@member_required(Role.OWNER, Role.AUDITOR)
def audit_list(request: TeamRequest) -> HttpResponse:
    """Newest first; `?before=<sequence>` continues. `?verify=1` walks the whole chain, which reads every entry."""
    before = request.GET.get("before", "")
    if before and not before.isdecimal():
        raise Http404
    verified = "verify" in request.GET
    page = {
        "page": audit_page(request.organization, before=int(before) if before else None),
        "verified": verified,
        "flaws": list(flaws(request.organization)) if verified else [],
        "first": not before,
    }
    return render(request, "team/audit/list.html", page)
