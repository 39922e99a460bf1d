"""The team: who is in it, who was asked, and in which role."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.accounts.actions.members import (
    change_lead,
    change_role,
    deactivate_member,
    reactivate_member,
    revoke_invitation,
)
from bothways.accounts.models import Role
from bothways.accounts.policies import may_manage_members
from bothways.accounts.queries.members import members, open_invitations
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.actions.team_mail import invite_member_by_mail
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.members import ROLE_WORDS, InviteMemberForm, MemberForm


@require_safe
@member_required()
def members_list(request: TeamRequest) -> HttpResponse:
    page = {
        "members": members(request.organization),
        "invitations": open_invitations(request.organization),
        "may_manage": may_manage_members(request.actor, request.organization),
    }
    return render(request, "team/members/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Role.OWNER)
def members_invite(request: TeamRequest) -> HttpResponse:
    """Ask somebody to join, by mail."""
    form = InviteMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_member_by_mail(
                actor=request.actor, organization=request.organization, **form.cleaned_data
            )
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error("email", refused.words)
        else:
            messages.success(
                request, _("%(email)s is asked to join. The link works for 7 days.") % {"email": invitation.email}
            )
            return redirect("team:members-list", organization=request.organization.slug)
    page = {"form": form, "role_words": ROLE_WORDS}
    return render(request, "team/members/invite.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(Role.OWNER)
def members_edit(request: TeamRequest, member_id: uuid.UUID) -> HttpResponse:
    """Give a member another role, or another lead."""
    member = get_object_or_404(members(request.organization), id=member_id)
    form = MemberForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                change_role(actor=request.actor, member=member, role=form.cleaned_data["role"])
                change_lead(actor=request.actor, member=member, lead=form.cleaned_data["lead"])
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error("lead" if refused.code == "not_a_lead" else "role", refused.words)
        else:
            messages.success(request, _("Saved. It holds from now on."))
            return redirect("team:members-list", organization=request.organization.slug)
    page = {"member": member, "form": form, "role_words": ROLE_WORDS}
    return render(request, "team/members/edit.html", page, status=422 if form.errors else 200)


@require_POST
@member_required(Role.OWNER)
def members_deactivate(request: TeamRequest, member_id: uuid.UUID) -> HttpResponse:
    member = get_object_or_404(members(request.organization), id=member_id)
    try:
        deactivate_member(actor=request.actor, member=member)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("%(name)s cannot come in any more.") % {"name": member.user.name})
    return redirect("team:members-list", organization=request.organization.slug)


@require_POST
@member_required(Role.OWNER)
def members_reactivate(request: TeamRequest, member_id: uuid.UUID) -> HttpResponse:
    member = get_object_or_404(members(request.organization), id=member_id)
    reactivate_member(actor=request.actor, member=member)
    messages.success(request, _("%(name)s can come in again.") % {"name": member.user.name})
    return redirect("team:members-list", organization=request.organization.slug)


@require_POST
@member_required(Role.OWNER)
def members_revoke(request: TeamRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(open_invitations(request.organization), id=invitation_id)
    revoke_invitation(actor=request.actor, invitation=invitation)
    messages.success(request, _("The invitation of %(email)s opens nothing now.") % {"email": invitation.email})
    return redirect("team:members-list", organization=request.organization.slug)
