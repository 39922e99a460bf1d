"""How far the people of a position have come, milestone by milestone, and the same as a file."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from bothways.lib.csv_text import line
from bothways.live.queries.missed import talk_counts
from bothways.positions.models import Position, Stage, StageKind
from bothways.review.actions.exports import export_progress
from bothways.review.actions.progress import progress_of
from bothways.review.agreement.figures import FEWEST
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.progress_lines import (
    device_lines,
    file_rows,
    is_anything_told,
    milestone_lines,
    minutes_words,
    mode_lines,
)
from bothways.web.team.views.exports import BYTE_ORDER_MARK
from bothways.web.team.views.people import position_of
from bothways.web.team.views.positions import READERS


@require_safe
@never_cache
@member_required(*READERS)
def progress_position(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """One step of the position: the first, or the one in `?stage=`."""
    position = position_of(request, position_id)
    stages = _stages(position)
    stage = _picked(request, stages)
    page: dict[str, object] = {"position": position, "stages": stages, "stage": stage, "fewest": FEWEST}
    if stage is not None:
        progress = progress_of(stage)
        page |= {
            "progress": progress,
            "milestones": milestone_lines(progress, is_live=stage.kind == StageKind.LIVE),
            "devices": device_lines(progress) if is_anything_told(progress.devices) else [],
            "modes": mode_lines(progress) if is_anything_told(progress.modes) else [],
            "asked": minutes_words(progress.asked_s),
            "given": minutes_words(progress.given_s),
            "talks": talk_counts(stage),
        }
    return render(request, "team/progress/position.html", page)


@require_GET
@member_required(*READERS)
def progress_export(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """The same figures as CSV."""
    position = position_of(request, position_id)
    stage = _picked(request, _stages(position))
    if stage is None:
        raise Http404
    export_progress(actor=request.actor, stage=stage)
    rows = "".join(line(row) for row in file_rows(progress_of(stage), talk_counts(stage)))
    response = HttpResponse(BYTE_ORDER_MARK + rows, content_type="text/csv; charset=utf-8")
    name = f"{slugify(position.title) or 'position'}-progress-{timezone.localdate().isoformat()}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _stages(position: Position) -> list[Stage]:
    """The steps in which people answer."""
    return sorted((stage for stage in position.stages.all() if stage.takes_people), key=lambda stage: stage.place)


def _picked(request: TeamRequest, stages: list[Stage]) -> Stage | None:
    wanted = request.GET.get("stage", "")
    return next((stage for stage in stages if str(stage.id) == wanted), stages[0] if stages else None)
