"""What belongs to the person: name, title, language, time zone, and the way to password and passkeys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.accounts.actions.members import change_own_profile
from bothways.accounts.queries.members import members
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.profile import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required()
def profile_edit(request: TeamRequest) -> HttpResponse:
    member = members(request.organization).get(id=request.actor.id)
    user = member.user
    initial = {"name": user.name, "title": member.title, "language": user.language, "time_zone": user.time_zone}
    initial["languages"] = member.languages
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_own_profile(actor=request.actor, member=member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("team:profile-edit", organization=request.organization.slug)
    page = {"form": form, "member": member}
    return render(request, "team/profile/edit.html", page, status=422 if form.errors else 200)
