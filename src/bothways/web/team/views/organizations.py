"""Changing between the organizations one belongs to."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bothways.accounts.queries.members import memberships
from bothways.web.team.access import TeamRequest, member_required


@require_safe
@member_required()
def organizations_list(request: TeamRequest) -> HttpResponse:
    return render(request, "team/organizations/list.html", {"memberships": memberships(request.user)})
