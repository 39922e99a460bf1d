"""What belongs to the person: name, title, language, time zone, and the way to password and passkeys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.accounts.actions.members import change_own_profile
from bothways.accounts.queries.members import members
from bothways.review.actions.notices import change_notice_settings
from bothways.review.queries.notices import settings_of
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.profile import ProfileForm
from bothways.web.team.forms.talk import NoticesForm


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
    page = {"form": form, "member": member, "notices": NoticesForm(initial=NoticesForm.values_of(settings_of(member)))}
    return render(request, "team/profile/edit.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required()
def profile_notices(request: TeamRequest) -> HttpResponse:
    """How often one is told of comments by mail, and when not."""
    member = members(request.organization).select_related("organization").get(id=request.actor.id)
    form = NoticesForm(request.POST or None, initial=NoticesForm.values_of(settings_of(member)))
    if request.method == "POST" and form.is_valid():
        change_notice_settings(actor=request.actor, member=member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("team:profile-edit", organization=request.organization.slug)
    return render(request, "team/profile/notices.html", {"notices": form}, status=422 if form.errors else 200)
