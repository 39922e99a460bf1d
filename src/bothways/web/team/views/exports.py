"""Files to take away: ratings as CSV or spreadsheet, scorecards as PDF. Each is in the audit log before it is sent."""

import uuid
from collections.abc import Iterator

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from bothways.lib.csv_text import line
from bothways.lib.spreadsheet import MIME, sheet
from bothways.positions.models import Stage
from bothways.review.actions.exports import export_ratings, export_scorecards
from bothways.review.policies import may_see_decisions
from bothways.review.queries.rating_lines import rating_lines
from bothways.review.queries.scorecard_paper import named_interview, scorecard_paper
from bothways.web.streaming import streamed
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.rating_columns import cells_of, columns, in_words

BYTE_ORDER_MARK = "\ufeff"
"""Lets spreadsheets read names in every script."""


@require_GET
@member_required()
def exports_ratings_csv(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponseBase:
    """One line for each rating that this member may see."""
    stage = _stage(request, stage_id)
    export_ratings(actor=request.actor, stage=stage, file_kind="csv")
    return _download(streamed(request, _csv(request, stage), content_type="text/csv; charset=utf-8"), stage, "csv")


@require_GET
@member_required()
def exports_ratings_xlsx(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponseBase:
    """The same lines as a spreadsheet, in which numbers are numbers and moments are moments."""
    stage = _stage(request, stage_id)
    export_ratings(actor=request.actor, stage=stage, file_kind="xlsx")
    parts = sheet(
        name=f"{stage.position.title}, {stage.name}",
        columns=columns(),
        rows=(cells_of(one, stage) for chunk in rating_lines(request.actor, stage) for one in chunk),
        right_to_left=translation.get_language_bidi(),
    )
    return _download(streamed(request, parts, content_type=MIME), stage, "xlsx")


@require_GET
@member_required()
def exports_scorecards(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponseBase:
    """The scorecards of one interview on paper, for who may see them on the pages."""
    interview = named_interview(request.actor, interview_id)
    if interview is None:
        raise Http404
    # Loading what draws letters takes as long as loading the whole rest of the web part.
    from bothways.web.team.scorecards_paper import scorecards_pdf  # noqa: PLC0415

    export_scorecards(actor=request.actor, interview=interview)
    paper = scorecard_paper(interview, with_decisions=may_see_decisions(request.actor, interview))
    content = scorecards_pdf(paper, exported_by=request.actor.name, at=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    name = slugify(paper.row.name) or "scorecards"
    return _kept_nowhere(response, f"{name}-{timezone.localdate().isoformat()}.pdf")


def _stage(request: TeamRequest, stage_id: uuid.UUID) -> Stage:
    stages = Stage.objects.select_related("position", "organization")
    return get_object_or_404(stages, id=stage_id, organization=request.organization)


def _csv(request: TeamRequest, stage: Stage) -> Iterator[str]:
    yield BYTE_ORDER_MARK + line(column.heading for column in columns())
    for chunk in rating_lines(request.actor, stage):
        yield "".join(line(in_words(cell) for cell in cells_of(one, stage)) for one in chunk)


def _download(response: HttpResponseBase, stage: Stage, suffix: str) -> HttpResponseBase:
    name = slugify(stage.position.title) or "ratings"
    return _kept_nowhere(response, f"{name}-{timezone.localdate().isoformat()}.{suffix}")


def _kept_nowhere(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
