"""The organization as others see it, and how long it keeps what."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.accounts.actions.organizations import change_organization
from bothways.accounts.models import Role
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.settings import OrganizationForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Role.OWNER)
def settings_edit(request: TeamRequest) -> HttpResponse:
    organization = request.organization
    initial = {field: getattr(organization, field) for field in OrganizationForm.base_fields}
    form = OrganizationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_organization(actor=request.actor, organization=organization, **form.cleaned_data)
        messages.success(request, _("Saved. Candidates see it from now on."))
        return redirect("team:settings-edit", organization=organization.slug)
    page = {"form": form, "profiles": RETENTION_PROFILES}
    return render(request, "team/settings/edit.html", page, status=422 if form.errors else 200)
