"""How far raters agree in a stage, and what one rater's numbers look like. Read from rows that a job has made."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bothways.accounts.models import Member
from bothways.kits.models import KitVersion
from bothways.lib.errors import require
from bothways.positions.models import Stage
from bothways.review.agreement.figures import FEWEST
from bothways.review.policies import may_see_agreement, may_see_drift, may_see_own_agreement
from bothways.review.queries.agreement import drift_in_stage, own_agreement, stage_agreement
from bothways.review.queries.comparing import kit_versions
from bothways.web.team import drift_words
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.agreement_lines import line_of
from bothways.web.team.agreement_words import wanted


@require_safe
@member_required()
def agreement_stage(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """All figures of the stage; for who rates there and has more to rate, only those that are made of their own."""
    stage = _stage(request, stage_id)
    sees_all = may_see_agreement(request.actor, stage)
    require(
        sees_all or may_see_own_agreement(request.actor, stage),
        _("How far raters agree opens for you once you have handed in a scorecard of your own in this step."),
    )
    versions = kit_versions(stage)
    version = _picked(request, versions)
    page: dict[str, Any] = {"stage": stage, "versions": versions, "version": version, "wanted": wanted()}
    page |= {"sees_all": sees_all, "fewest": FEWEST}
    if version is not None:
        page |= _all(request, stage, version) if sees_all else _own(request, stage, version)
    return render(request, "team/agreement/stage.html", page)


@require_safe
@member_required()
def agreement_rater(request: TeamRequest, stage_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """One rater's numbers: for themselves, and for who leads. Never several beside one another."""
    stage = _stage(request, stage_id)
    members = Member.objects.select_related("user")
    member = get_object_or_404(members, id=member_id, organization=request.organization)
    require(may_see_drift(request.actor, stage, member), _("These ratings are for the rater and for who leads."))
    versions = kit_versions(stage)
    version = _picked(request, versions)
    page: dict[str, Any] = {"stage": stage, "member": member, "versions": versions, "version": version}
    page["is_own"] = member.id == request.actor.id
    if version is not None:
        drift, made = drift_in_stage(member, stage, version)
        page |= {"made": made, "drift": drift}
        if drift is not None:
            page |= {
                "shares": drift_words.shares(drift),
                "scale": drift_words.scale_words(drift),
                "others": drift_words.others_words(drift),
                "halo": drift_words.halo_words(drift),
                "order": drift_words.order_words(drift),
            }
    return render(request, "team/agreement/rater.html", page)


def _stage(request: TeamRequest, stage_id: uuid.UUID) -> Stage:
    return get_object_or_404(Stage.objects.select_related("position"), id=stage_id, organization=request.organization)


def _picked(request: TeamRequest, versions: list[KitVersion]) -> KitVersion | None:
    """The version in the address, else the newest that was answered."""
    number = request.GET.get("version")
    return next((version for version in versions if str(version.number) == number), versions[0] if versions else None)


def _all(request: TeamRequest, stage: Stage, version: KitVersion) -> dict[str, Any]:
    found = stage_agreement(stage, version)
    return {
        "made": found.made,
        "whole": line_of(found.whole) if found.whole else None,
        "questions": [(question, line_of(figures)) for question, figures in found.questions],
        "pairs": [((first, second), line_of(figures)) for first, second, figures in found.pairs],
        "raters": found.raters if request.actor.may_recruit else (),
    }


def _own(request: TeamRequest, stage: Stage, version: KitVersion) -> dict[str, Any]:
    found = own_agreement(request.actor.id, stage, version)
    pairs = [((other,), line_of(figures)) for other, figures in found.pairs]
    return {"made": found.made, "pairs": pairs}
