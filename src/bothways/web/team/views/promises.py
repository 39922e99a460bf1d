"""The promised replies of a position: how many were kept, who waits, and whether new people can be invited."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.accounts.models import Role
from bothways.conversations.policies import may_see_promises
from bothways.conversations.queries.promises import kept, leads_of, next_days, waiting_past, who_answers
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.positions.actions.holding import release_invitations
from bothways.positions.models import Position
from bothways.positions.policies import may_release_invitations
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.views.positions import READERS


@require_safe
@member_required(*READERS)
def promises_position(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    return _page(request, _position(request, position_id))


@require_POST
@member_required(Role.OWNER)
def promises_release(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """Let new people be invited although others still wait, with a reason."""
    position = _position(request, position_id)
    reason = request.POST.get("reason", "")
    try:
        release_invitations(actor=request.actor, position=position, reason=reason)
    except NotAllowed:
        raise
    except Refused as refused:
        return _page(request, position, refused=refused.words, status=422)
    messages.success(request, _("New people can be invited again. Your reason stands in the audit log."))
    return redirect("team:promises-position", request.organization.slug, position.id)


def _position(request: TeamRequest, position_id: uuid.UUID) -> Position:
    related = Position.objects.select_related("organization", "replies_by__user", "replies_by__lead__user")
    position = get_object_or_404(related, organization=request.organization, id=position_id)
    require(may_see_promises(request.actor, position), _("Your role does not include this page."))
    return position


def _page(request: TeamRequest, position: Position, *, refused: str = "", status: int = 200) -> HttpResponse:
    owner = who_answers(position)
    page = {
        "position": position,
        "kept": kept(position, request.organization),
        "owner": owner,
        "leads": leads_of(owner),
        "days": next_days(position),
        "past": waiting_past([position.id]).get(position.id, 0),
        "may_release": may_release_invitations(request.actor, position),
        "refused": refused,
    }
    return render(request, "team/promises/position.html", page, status=status)
