"""Where a member arrives."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bothways.accounts.queries.members import memberships
from bothways.web.team.access import TeamRequest, member_required


@require_safe
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Go straight to the only organization, or let the person pick one of several."""
    found = list(memberships(request.user))
    if len(found) == 1:
        return redirect("team:home", organization=found[0].organization.slug)
    return render(request, "team/organizations/choose.html", {"memberships": found})


@require_safe
@member_required()
def home(request: TeamRequest) -> HttpResponse:
    """The first page of each role: what it works with most."""
    return redirect(request.navigation.main[0].url)
