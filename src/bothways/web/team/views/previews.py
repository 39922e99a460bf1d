"""A kit as a candidate meets it."""

import uuid
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from bothways.interviews.actions.previews import start_preview
from bothways.kits.models import KitVersion
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.queries.stages import stages_with_kit
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.navigation import MAKERS


@require_POST
@member_required(*MAKERS)
def previews_start(request: TeamRequest, version_id: uuid.UUID) -> HttpResponse:
    """Open the candidate's page of this version, with the first step that uses the kit around it."""
    version = get_object_or_404(
        KitVersion.objects.select_related("organization", "kit"), organization=request.organization, id=version_id
    )
    stage = stages_with_kit(request.organization, [version.kit_id]).first()
    try:
        link = start_preview(actor=request.actor, version=version, stage=stage)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
        return redirect("team:kits-edit", organization=request.organization.slug, kit_id=version.kit_id)
    # The path alone: the server may be looked at under another name than candidates will use.
    return redirect(urlsplit(link).path)
