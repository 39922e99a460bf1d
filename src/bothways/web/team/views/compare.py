"""Everybody of a stage in one table. What a viewer may not see is not in the page at all."""

import uuid
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.accounts.models import Role
from bothways.interviews.models import Interview
from bothways.kits.models import KitVersion
from bothways.lib.errors import require
from bothways.positions.models import Stage
from bothways.review.actions.decisions import reveal_name
from bothways.review.actions.shortlist import shortlist
from bothways.review.policies import may_compare
from bothways.review.queries import heat
from bothways.review.queries.comparing import kit_versions
from bothways.review.queries.heat_asked import Asked, Decided, Raters, Recommended
from bothways.review.queries.heat_rows import columns_of
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.heat_lines import Lines, heads
from bothways.web.team.views.positions import MAKERS

SIDE_BY_SIDE = 4
OUTCOMES = ("advance", "decline")


@require_safe
@member_required()
def compare_stage(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """One page of the table, sorted and filtered by links and a plain form."""
    stage = stage_of(request, stage_id)
    versions = kit_versions(stage)
    version = picked_version(request, versions)
    page: dict[str, Any] = {"stage": stage, "versions": versions, "version": version}
    if version is not None:
        page |= _table(request, stage, version)
    return render(request, "team/compare/compare.html", page)


@require_POST
@member_required()
def compare_chosen(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """From the bar below the table: those who are ticked go side by side, or to the page that decides about several."""
    stage = stage_of(request, stage_id)
    ids = ids_in(request.POST.getlist("with"))
    what = request.POST.get("do", "")
    if not ids:
        messages.warning(request, _("Tick the people first, then pick what to do. Nothing was changed."))
        return _back(request, stage)
    version = request.POST.get("version", "")
    if what == "meeting":
        address = reverse("team:meeting-new", args=[request.organization.slug, stage.id])
        return redirect(f"{address}?{urlencode({'with': ids}, doseq=True)}")
    if what in OUTCOMES:
        address = reverse("team:compare-bulk", args=[request.organization.slug, stage.id, what])
        return redirect(f"{address}?{urlencode({'with': ids}, doseq=True)}")
    if what == "share":
        address = reverse("team:shares-new", args=[request.organization.slug, stage.id])
        return redirect(f"{address}?{urlencode({'with': ids}, doseq=True)}")
    if len(ids) > SIDE_BY_SIDE:
        messages.warning(
            request, _("Four at most stand side by side. Of those you ticked, these are the first %(n)d.")
            % {"n": SIDE_BY_SIDE},
        )  # fmt: skip
    address = reverse("team:compare-side", args=[request.organization.slug, stage.id])
    return redirect(f"{address}?{urlencode({'version': version, 'with': ids[:SIDE_BY_SIDE]}, doseq=True)}")


@require_POST
@member_required(*MAKERS)
def compare_shortlist(request: TeamRequest, stage_id: uuid.UUID, interview_id: uuid.UUID) -> HttpResponse:
    """Keep somebody in sight, or no longer."""
    interview = interview_in(request, stage_id, interview_id)
    shortlist(actor=request.actor, interview=interview, on=request.POST.get("shortlist") == "on")
    return _back(request, interview.stage, interview.id)


@require_POST
@member_required()
def compare_reveal(request: TeamRequest, stage_id: uuid.UUID, interview_id: uuid.UUID) -> HttpResponse:
    """Show who it is. Written to the audit log."""
    interview = interview_in(request, stage_id, interview_id)
    reveal_name(actor=request.actor, interview=interview)
    return _back(request, interview.stage, interview.id)


def stage_of(request: TeamRequest, stage_id: uuid.UUID) -> Stage:
    stage = get_object_or_404(Stage.objects.select_related("position"), id=stage_id, organization=request.organization)
    require(may_compare(request.actor, stage.position), _("You may not compare in this position."))
    return stage


def picked_version(request: TeamRequest, versions: list[KitVersion]) -> KitVersion | None:
    """The version in the address, else the newest that was answered."""
    wanted = request.GET.get("version")
    return next((version for version in versions if str(version.number) == wanted), versions[0] if versions else None)


def ids_in(texts: list[str]) -> list[uuid.UUID]:
    """The identifiers among them, each once, at most a page of them."""
    ids = []
    for text in dict.fromkeys(texts):
        try:
            ids.append(uuid.UUID(text))
        except ValueError:
            continue
    return ids[: heat.PAGE_SIZE]


def _table(request: TeamRequest, stage: Stage, version: KitVersion) -> dict[str, Any]:
    asked = Asked.read(request.GET.dict())
    _questions, columns = columns_of(version)
    found = heat.page(request.actor, stage, heat.sent(request.actor, stage, version), columns, asked)
    lines = Lines(
        stage,
        version.number,
        columns,
        decides=request.actor.may_recruit,
        may_reveal=not request.actor.has_role(Role.AUDITOR),
        slug=request.organization.slug,
    )
    return {
        "asked": asked,
        "heads": heads(columns, asked, version.number),
        "lines": lines.of(found.rows),
        "counts": found.counts,
        "found": found.found,
        "next": asked.address(version.number, after=str(found.next)) if found.next else "",
        "start": asked.address(version.number) if asked.after else "",
        "everybody": Asked(sort=asked.sort, descending=asked.descending).address(version.number),
        "back": asked.address(version.number, after=str(asked.after or "")),
        "choices": [
            ("decided", _("Decision"), Decided.choices, asked.decided),
            ("recommended", _("Recommended"), Recommended.choices, asked.recommended),
            ("raters", _("Scorecards"), Raters.choices, asked.raters),
        ],
        "decides": request.actor.may_recruit,
    }


def interview_in(request: TeamRequest, stage_id: uuid.UUID, interview_id: uuid.UUID) -> Interview:
    own = Interview.objects.filter(organization=request.organization, is_preview=False).select_related("stage")
    return get_object_or_404(own, id=interview_id, stage=stage_id)


def _back(request: TeamRequest, stage: Stage, interview_id: uuid.UUID | None = None) -> HttpResponse:
    """To the table as it was asked for, at the row. The address is written anew, so that it stays one of ours."""
    given = dict(parse_qsl(request.POST.get("back", "")[:2000]))
    asked, number = Asked.read(given), given.get("version", "")
    query = asked.address(int(number) if number.isdecimal() else 0, after=str(asked.after or "")) if given else ""
    answer = redirect("team:compare", organization=request.organization.slug, stage_id=stage.id)
    answer["Location"] += (f"?{query}" if query else "") + (f"#row-{interview_id}" if interview_id else "")
    return answer
