"""Submitted scorecards of a stage side by side. What a viewer may not see is not in the page at all."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.accounts.models import Role
from bothways.interviews.models import Answer, Interview
from bothways.interviews.queries.written import shown_writing
from bothways.kits.models import KitVersion, Question
from bothways.lib.errors import require
from bothways.positions.models import Stage
from bothways.review.actions.decisions import reveal_name
from bothways.review.policies import may_compare, may_watch_interview
from bothways.review.queries.comparing import Comparison, Row, compare, kit_versions
from bothways.review.queries.decisions import undecided
from bothways.review.queries.pinned_notes import handed_in_pinned_notes
from bothways.review.queries.playback import playback
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.pins import shown_pins
from bothways.web.team.playing import address
from bothways.web.team.spread import spread_line, spread_words

SIDE_BY_SIDE = 4
ROWS = 50


@require_safe
@member_required()
def compare_stage(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """Up to four answers to one question beside one another, then everybody in a table."""
    stage = get_object_or_404(Stage.objects.select_related("position"), id=stage_id, organization=request.organization)
    require(may_compare(request.actor, stage.position), _("You may not compare in this position."))
    versions = kit_versions(stage)
    version = _picked_version(request, versions)
    page: dict[str, Any] = {"stage": stage, "versions": versions, "version": version}
    if version is not None:
        comparison = compare(request.actor, stage, version)
        page |= _table(request, comparison) | _side_by_side(request, comparison)
    return render(request, "team/compare/compare.html", page)


@require_POST
@member_required()
def compare_reveal(request: TeamRequest, stage_id: uuid.UUID, interview_id: uuid.UUID) -> HttpResponse:
    """Show who it is. Written to the audit log."""
    interview = get_object_or_404(Interview, id=interview_id, stage=stage_id, organization=request.organization)
    reveal_name(actor=request.actor, interview=interview)
    response = redirect("team:compare", organization=request.organization.slug, stage_id=stage_id)
    response["Location"] += f"#row-{interview.id}"
    return response


def _picked_version(request: TeamRequest, versions: list[KitVersion]) -> KitVersion | None:
    wanted = request.GET.get("version")
    return next((version for version in versions if str(version.number) == wanted), versions[0] if versions else None)


def _table(request: TeamRequest, comparison: Comparison) -> dict[str, Any]:
    pages = Paginator(comparison.rows, ROWS)
    shown = pages.get_page(request.GET.get("page"))
    far_apart = sum(len(row.were_far_apart) for row in comparison.rows)
    doubly = sum(1 for row in comparison.rows for cell in row.cells if cell.raters > 1)
    return {
        "comparison": comparison,
        "rows": shown,
        "far_apart": far_apart,
        "has_changes": any(cell.is_changed for row in comparison.rows for cell in row.cells),
        "doubly_rated": doubly,
        "to_decide": set(_undecided(request, shown.object_list)),
        "may_reveal": not request.actor.has_role(Role.AUDITOR),
    }


def _undecided(request: TeamRequest, rows: list[Row]) -> list[uuid.UUID]:
    if not request.actor.may_recruit:
        return []
    listed = undecided(request.organization).filter(id__in=[row.interview.id for row in rows])
    return list(listed.values_list("id", flat=True))


def _side_by_side(request: TeamRequest, comparison: Comparison) -> dict[str, Any]:
    questions = comparison.questions
    place = request.GET.get("question", "")
    question = next((question for question in questions if str(question.place) == place), questions[0])
    wanted = request.GET.getlist("with")
    chosen = [row for row in comparison.rows if str(row.interview.id) in wanted] or list(comparison.rows)
    return {
        "question": question,
        "chosen_ids": [row.interview.id for row in chosen[:SIDE_BY_SIDE]],
        "sides": _sides(request, chosen[:SIDE_BY_SIDE], question),
    }


def _sides(request: TeamRequest, rows: list[Row], question: Question) -> list[dict[str, Any]]:
    """The answers with what was pinned to them. The rows are those that this viewer may see."""
    pinned = handed_in_pinned_notes([scorecard for row in rows for scorecard in row.scorecards], question)
    sides = []
    for row in rows:
        side = _side(request, row, question)
        side["pinned"] = [
            (scorecard.member.user.name, shown_pins(pinned[scorecard.id]))
            for scorecard in row.scorecards
            if scorecard.id in pinned
        ]
        sides.append(side)
    return sides


def _side(request: TeamRequest, row: Row, question: Question) -> dict[str, Any]:
    """One candidate's answer with its marks. An auditor reads marks but watches nobody."""
    cell = row.cell(question)
    side: dict[str, Any] = {"row": row, "cell": cell, "spread_words": spread_words(cell), "line": spread_line(cell)}
    if may_watch_interview(request.actor, row.interview):
        answers = Answer.objects.select_related("chosen_take__recording", "chosen_written")
        answer = answers.filter(interview=row.interview, question=question).first()
        playing = playback(answer) if answer else None
        side["playing"] = playing
        if playing:
            side["url"] = reverse(
                "team:review-question", args=[request.organization.slug, row.interview.id, question.place]
            )
        side["given"] = shown_writing(question, answer.chosen_written) if answer and answer.chosen_written else None
        # A face beside a code name would tell what the list keeps back.
        side["poster"] = address(request, playing.poster) if playing and not row.name_hidden else None
    return side
