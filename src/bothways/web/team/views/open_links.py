"""Links that anybody may use to take part in a stage: make one, copy it, print it, close it."""

import io
import uuid

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bothways.interviews.actions.open_links import close_open_link, create_open_link
from bothways.interviews.queries.batches import batch_obstacle
from bothways.interviews.queries.open_links import address_of, came_in, has_lapsed, open_link_of
from bothways.positions.models import Position, Stage
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.invitations import OpenLinkForm, inviting_stages
from bothways.web.team.views.people import position_of
from bothways.web.team.views.positions import MAKERS


@require_safe
@never_cache
@member_required(*MAKERS)
def open_links_list(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """The open link of each stage."""
    position = position_of(request, position_id)
    return _page(request, position, OpenLinkForm(), None)


@require_POST
@member_required(*MAKERS)
def open_links_create(request: TeamRequest, position_id: uuid.UUID, stage_id: uuid.UUID) -> HttpResponse:
    """Make a link; the one before stops working."""
    position, stage = _stage_of(request, position_id, stage_id)
    form = OpenLinkForm(request.POST)
    if not form.is_valid():
        return _page(request, position, form, stage)
    create_open_link(actor=request.actor, stage=stage, days=form.cleaned_data["days"])
    messages.success(request, _("The link works now. Who uses it gets a personal link by mail."))
    return _back(request, position)


@require_POST
@member_required(*MAKERS)
def open_links_close(request: TeamRequest, position_id: uuid.UUID, stage_id: uuid.UUID) -> HttpResponse:
    """Let nobody new in by the link."""
    position, stage = _stage_of(request, position_id, stage_id)
    link = open_link_of(stage)
    if link is not None:
        close_open_link(actor=request.actor, open_link=link)
        messages.success(request, _("The link is closed. Who is in goes on by their personal link."))
    return _back(request, position)


@require_safe
@never_cache
@member_required(*MAKERS)
def open_links_qr(request: TeamRequest, position_id: uuid.UUID, stage_id: uuid.UUID) -> HttpResponse:
    """The link as a picture for a poster: black on white, with its quiet zone, in any size."""
    _position, stage = _stage_of(request, position_id, stage_id)
    link = open_link_of(stage)
    if link is None:
        raise Http404
    out = io.BytesIO()
    segno.make(address_of(link), error="m", micro=False).save(
        out, kind="svg", scale=8, light="#fff", svgclass=None, lineclass=None
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


def _page(request: TeamRequest, position: Position, form: OpenLinkForm, wrong: Stage | None) -> HttpResponse:
    """`wrong` is the stage for which the form was filled in wrongly."""
    lines = []
    for stage in inviting_stages(position):
        link = open_link_of(stage)
        lines.append(
            {
                "stage": stage,
                "link": link,
                "address": address_of(link) if link else "",
                "has_lapsed": has_lapsed(link) if link else False,
                "came_in": came_in(link) if link else 0,
                "obstacle": batch_obstacle(stage),
                "form": form if wrong is not None and stage.id == wrong.id else OpenLinkForm(auto_id=f"{stage.id}_%s"),
            }
        )
    page = {"position": position, "lines": lines}
    return render(request, "team/open_links/list.html", page, status=422 if form.errors else 200)


def _stage_of(request: TeamRequest, position_id: uuid.UUID, stage_id: uuid.UUID) -> tuple[Position, Stage]:
    position = position_of(request, position_id)
    return position, get_object_or_404(inviting_stages(position), id=stage_id)


def _back(request: TeamRequest, position: Position) -> HttpResponse:
    return redirect("team:open_links-list", organization=request.organization.slug, position_id=position.id)
