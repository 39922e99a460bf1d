"""The steps of a position: their order, their rules, who watches."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.conversations.queries.effort import effort_of
from bothways.interviews.queries.batches import batch_obstacle
from bothways.interviews.queries.inviting import version_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.rules import set_rules
from bothways.live.queries.busy import unread_calendars
from bothways.live.queries.openings import hosts_of, missing_hours
from bothways.live.queries.talk import rules_of
from bothways.positions.actions.stages import add_stage, edit_stage, move_stage, remove_stage
from bothways.positions.models import Position, Stage, StageKind
from bothways.positions.policies import may_change_position
from bothways.positions.queries.stages import is_in_use, stages_of
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.live import HoldingForm
from bothways.web.team.forms.stages import StageForm
from bothways.web.team.navigation import MAKERS
from bothways.web.team.progress_lines import effort_words
from bothways.web.team.views.positions import READERS


@require_safe
@member_required(*READERS)
def stages_list(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """How a position is set up."""
    position = get_object_or_404(
        Position.objects.select_related("replies_by__user"), organization=request.organization, id=position_id
    )
    stages = list(stages_of(position))
    page = {
        "position": position,
        "steps": [
            {
                "stage": stage,
                "version": version_of(stage),
                "obstacle": batch_obstacle(stage) if stage.takes_people else None,
            }
            for stage in stages
        ],
        "may_change": may_change_position(request.actor, position),
        "effort": effort_words(effort_of(position)),
    }
    return render(request, "team/stages/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def stages_new(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """Add a step at the end."""
    position = get_object_or_404(Position, organization=request.organization, id=position_id)
    wanted = {name: request.GET[name] for name in ("kind", "kit") if name in request.GET}
    form = StageForm(request.POST or None, organization=request.organization, initial=wanted)
    if request.method == "POST" and form.is_valid():
        try:
            stage = add_stage(
                actor=request.actor,
                position=position,
                rules=form.rules(),
                reviewers=form.cleaned_data["reviewers"],
            )
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("The step is added."))
            if stage.kind == StageKind.LIVE:
                return redirect("team:stages-talks", organization=request.organization.slug, stage_id=stage.id)
            return redirect("team:stages-list", organization=request.organization.slug, position_id=position.id)
    page = {"form": form, "position": position}
    return render(request, "team/stages/edit.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def stages_edit(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """Change the rules of a step."""
    stage = _stage(request, stage_id)
    form = StageForm(request.POST or None, organization=request.organization, stage=stage)
    if request.method == "POST" and form.is_valid():
        try:
            edit_stage(actor=request.actor, stage=stage, rules=form.rules(), reviewers=form.cleaned_data["reviewers"])
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("Saved."))
            return redirect("team:stages-list", organization=request.organization.slug, position_id=stage.position_id)
    page = {"form": form, "position": stage.position, "stage": stage, "is_in_use": is_in_use(stage)}
    return render(request, "team/stages/edit.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def stages_talks(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """How live talks of a step are held."""
    stage = _stage(request, stage_id)
    form = HoldingForm(request.POST or None, rules=rules_of(stage))
    if request.method == "POST" and form.is_valid():
        try:
            set_rules(actor=request.actor, stage=stage, holding=form.holding())
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("Saved. Talks that are booked keep their length and place."))
            return redirect("team:stages-list", organization=request.organization.slug, position_id=stage.position_id)
    hosts = hosts_of(stage)
    page = {"stage": stage, "holding": form, "hosts": hosts, "missing": missing_hours(stage)}
    page |= {"unread": unread_calendars(hosts)}
    return render(request, "team/stages/talks.html", page, status=422 if form.errors else 200)


@require_POST
@member_required(*MAKERS)
def stages_move(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """One place up or down."""
    stage = _stage(request, stage_id)
    try:
        move_stage(actor=request.actor, stage=stage, by=-1 if request.POST.get("to") == "up" else 1)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    return redirect("team:stages-list", organization=request.organization.slug, position_id=stage.position_id)


@require_POST
@member_required(*MAKERS)
def stages_remove(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    stage = _stage(request, stage_id)
    try:
        remove_stage(actor=request.actor, stage=stage)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("The step is removed."))
    return redirect("team:stages-list", organization=request.organization.slug, position_id=stage.position_id)


def _stage(request: TeamRequest, stage_id: uuid.UUID) -> Stage:
    return get_object_or_404(
        Stage.objects.select_related("position", "kit"), organization=request.organization, id=stage_id
    )
