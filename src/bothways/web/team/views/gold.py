"""Calibration of a stage as who leads sees it: gold answers, who has calibrated, the switch. No ratings of others."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.accounts.models import Member
from bothways.interviews.queries.inviting import version_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.models import Stage
from bothways.review.actions.calibration import let_in, switch_calibration
from bothways.review.actions.gold import rate_gold, retire_gold
from bothways.review.calibration import ANSWERS, HOLDS_ANSWERS, HOLDS_FOR
from bothways.review.models import GoldAnswer
from bothways.review.queries.calibration import standings
from bothways.review.queries.gold import by_question, shown_gold, shows_rating, stage_with
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.calibration import GoldForm, LetInForm
from bothways.web.team.kit_parts import shown_prompt
from bothways.web.team.ladder import rungs
from bothways.web.team.navigation import MAKERS


@require_safe
@member_required(*MAKERS)
def gold_list(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """Gold answers of the stage's kit by question, and where each rater stands."""
    stage = _stage(request, stage_id)
    return _render_list(request, stage, LetInForm())


@require_POST
@member_required(*MAKERS)
def gold_switch(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """Turn calibration on or off."""
    stage = _stage(request, stage_id)
    is_on = request.POST.get("to") == "on"
    try:
        switch_calibration(actor=request.actor, stage=stage, is_on=is_on)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("Calibration is on.") if is_on else _("Calibration is off."))
    return redirect("team:gold-list", request.organization.slug, stage.id)


@require_POST
@member_required(*MAKERS)
def gold_let_in(request: TeamRequest, stage_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """Let somebody rate without having passed, with a reason."""
    stage = _stage(request, stage_id)
    members = Member.objects.select_related("user")
    member = get_object_or_404(members, id=member_id, organization=request.organization)
    form = LetInForm(request.POST)
    if form.is_valid():
        try:
            let_in(actor=request.actor, stage=stage, member=member, reason=form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error("reason", refused.words)
        else:
            messages.success(request, _("%(name)s may rate now.") % {"name": member.user.name})
            return redirect("team:gold-list", request.organization.slug, stage.id)
    return _render_list(request, stage, form, member)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def gold_edit(request: TeamRequest, gold_id: uuid.UUID) -> HttpResponse:
    """One gold answer: to play, with its rating and its words as long as nobody has met it."""
    gold = _gold(request, gold_id)
    is_shown, is_used = shows_rating(request.actor, gold), gold.ratings.exists()
    initial = {"value": gold.value, "words": gold.words} if is_shown else {}
    form = GoldForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            rate_gold(actor=request.actor, gold=gold, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("The gold answer is saved."))
            return _to_list(request, gold)
    chosen = form["value"].value() if is_shown else None
    page = {
        "gold": gold,
        "question": gold.question,
        "prompt": shown_prompt(gold.recording, request.actor.id),
        "form": form,
        "rungs": [rung for rung in rungs(gold.question, int(chosen) if str(chosen).isdigit() else None) if rung.value],
        "is_shown": is_shown,
        "is_used": is_used,
        "stage": _stage_of(request, gold),
    }
    return render(request, "team/gold/edit.html", page, status=422 if form.errors else 200)


@require_POST
@member_required(*MAKERS)
def gold_retire(request: TeamRequest, gold_id: uuid.UUID) -> HttpResponse:
    """Let no new calibration take it."""
    gold = _gold(request, gold_id)
    stage = _stage_of(request, gold)
    try:
        retire_gold(actor=request.actor, gold=gold)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("The gold answer is retired."))
    if stage is None:
        return redirect("team:kits-list", request.organization.slug)
    return redirect("team:gold-list", request.organization.slug, stage.id)


def _render_list(request: TeamRequest, stage: Stage, form: LetInForm, about: Member | None = None) -> HttpResponse:
    version = version_of(stage) if stage.kit_id else None
    golds = shown_gold(request.actor, stage.kit) if stage.kit else []
    raters = [
        one.member
        for one in stage.reviewers.select_related("member__user").order_by("created_at", "id")
        if one.member.is_active
    ]
    standing = standings(stage.kit_id, [member.id for member in raters])
    page = {
        "stage": stage,
        "version": version,
        "questions": by_question(version, golds) if version else [],
        "ready": sum(one.is_ready for one in golds),
        "wanted": ANSWERS,
        "days": HOLDS_FOR.days,
        "answers": HOLDS_ANSWERS,
        "raters": [(member, standing.get(member.id)) for member in raters],
        "form": form,
        "about": about,
    }
    return render(request, "team/gold/list.html", page, status=422 if form.errors else 200)


def _to_list(request: TeamRequest, gold: GoldAnswer) -> HttpResponse:
    stage = _stage_of(request, gold)
    if stage is None:
        return redirect("team:gold-edit", request.organization.slug, gold.id)
    return redirect("team:gold-list", request.organization.slug, stage.id)


def _stage_of(request: TeamRequest, gold: GoldAnswer) -> Stage | None:
    return stage_with(gold.question.kit_version.kit_id)


def _stage(request: TeamRequest, stage_id: uuid.UUID) -> Stage:
    return get_object_or_404(
        Stage.objects.select_related("position", "kit"), id=stage_id, organization=request.organization
    )


def _gold(request: TeamRequest, gold_id: uuid.UUID) -> GoldAnswer:
    golds = GoldAnswer.objects.select_related(
        "question__kit_version__kit", "question__competency", "recording", "made_by__user", "organization"
    ).prefetch_related("recording__renditions")
    return get_object_or_404(golds, id=gold_id, organization=request.organization, kept_at__isnull=False)
