"""Positions: which there are and where they stand, describing one, closing it."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.accounts.models import Role
from bothways.conversations.actions.closing import close_with_outcomes
from bothways.conversations.queries.closing import left_in
from bothways.conversations.queries.promises import FIRST_REMINDER
from bothways.kits.queries.versions import usable_versions
from bothways.lib.errors import NotAllowed, Refused
from bothways.lib.working_days import add_working_days
from bothways.positions.actions.positions import edit_position, open_position, reopen_position
from bothways.positions.actions.stages import Rules, add_stage
from bothways.positions.models import Position, PositionState
from bothways.positions.policies import may_open_position
from bothways.positions.queries.positions import count_positions, positions_of
from bothways.review.queries.standing import standing_of
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.positions import PositionForm
from bothways.web.team.navigation import MAKERS
from bothways.web.team.position_lines import attention, lines_of
from bothways.web.team.search import searched

PAGE_SIZE = 50
READERS = MAKERS | {Role.AUDITOR}


@require_safe
@member_required(*READERS)
def positions_list(request: TeamRequest) -> HttpResponse:
    """Open or closed positions with what waits in each, the nearest promise told."""
    state = PositionState.CLOSED if request.GET.get("state") == PositionState.CLOSED else PositionState.OPEN
    search = searched(request)
    found = positions_of(request.organization, state, search)
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    positions = list(shown.object_list)
    kit_ids = {stage.kit_id for position in positions for stage in position.stages.all() if stage.kit_id}
    today = timezone.localdate()
    near_until = add_working_days(today, FIRST_REMINDER, request.organization.country)
    standing = standing_of(request.organization, [p.id for p in positions])
    lines = lines_of(positions, standing, usable_versions(kit_ids), near_until)
    page = {
        "lines": lines,
        "shown": shown,
        "state": state,
        "search": search,
        "counts": count_positions(request.organization),
        "today": today,
        "attention": attention(lines) if request.actor.may_recruit and state == PositionState.OPEN else [],
        "may_open": may_open_position(request.actor, request.organization),
    }
    return render(request, "team/positions/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def positions_new(request: TeamRequest) -> HttpResponse:
    """Open a position with a first step under the usual rules, then set it up."""
    initial = {"replies_by": request.actor.id}
    form = PositionForm(request.POST or None, organization=request.organization, initial=initial)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            position = open_position(actor=request.actor, organization=request.organization, **form.cleaned_data)
            add_stage(actor=request.actor, position=position, rules=Rules(name=_("Recorded interview")))
        messages.success(request, _("The position is open. Choose a kit, and who watches."))
        return redirect("team:stages-list", organization=request.organization.slug, position_id=position.id)
    return render(request, "team/positions/edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def positions_edit(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """Describe a position anew."""
    position = get_object_or_404(Position, organization=request.organization, id=position_id)
    form = PositionForm(request.POST or None, organization=request.organization, position=position)
    if request.method == "POST" and form.is_valid():
        try:
            edit_position(actor=request.actor, position=position, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("Saved. Candidates read the new words from now on."))
            return redirect("team:stages-list", organization=request.organization.slug, position_id=position.id)
    page = {"form": form, "position": position}
    return render(request, "team/positions/edit.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def positions_close(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """Close a position, after asking what becomes of everybody who is still in it."""
    position = get_object_or_404(Position, organization=request.organization, id=position_id)
    refused = ""
    if request.method == "POST":
        takes_back = request.POST.get("unfinished") == "take_back"
        try:
            close_with_outcomes(actor=request.actor, position=position, takes_back=takes_back)
        except NotAllowed:
            raise
        except Refused as error:
            refused = error.words
        else:
            messages.success(request, _("The position is closed."))
            return redirect("team:stages-list", organization=request.organization.slug, position_id=position.id)
    page = {"position": position, "left": left_in(position), "refused": refused}
    return render(request, "team/positions/close.html", page, status=409 if refused else 200)


@require_POST
@member_required(*MAKERS)
def positions_reopen(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    position = get_object_or_404(Position, organization=request.organization, id=position_id)
    reopen_position(actor=request.actor, position=position)
    messages.success(request, _("The position is open again."))
    return redirect("team:stages-list", organization=request.organization.slug, position_id=position.id)
