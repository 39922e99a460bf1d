"""Kits: which there are, one with everything in it, its words, publishing it."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.conversations.queries.effort import efforts_of
from bothways.interviews.queries.previews import people_invited_with
from bothways.kits.actions.kits import create_kit, rename_kit
from bothways.kits.actions.reading import set_reading_counts
from bothways.kits.actions.versions import discard_draft, edit_words, publish, start_draft
from bothways.kits.actions.weights import set_weights
from bothways.kits.models import MOST_QUESTIONS, MOST_WEIGHT, Kit, KitVersion, KitVersionState
from bothways.kits.policies import may_change, may_prepare
from bothways.kits.queries.kits import kit_lines
from bothways.kits.queries.minutes import COMFORTABLE_MINUTES, candidate_minutes
from bothways.kits.queries.readiness import is_long
from bothways.kits.queries.versions import draft_of, questions_of, version_to_show, versions_of
from bothways.kits.queries.weights import weighed
from bothways.kits.starters import STARTERS
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.actions.stages import use_kit
from bothways.positions.models import Position, Stage
from bothways.positions.queries.stages import stages_with_kit
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.autosave import saved_or_refused
from bothways.web.team.forms.kits import NewKitForm, RenameKitForm, WordsForm
from bothways.web.team.kit_parts import cards, shown_prompt, steps_to_publish
from bothways.web.team.navigation import MAKERS
from bothways.web.team.quality_lines import quality_lines

BAR_MINUTES = 30


@require_safe
@member_required()
def kits_list(request: TeamRequest) -> HttpResponse:
    lines = kit_lines(request.organization)
    stages = list(stages_with_kit(request.organization, [line.kit.id for line in lines]))
    page = {
        "lines": [{"kit": line, "positions": _positions(stages, line.kit)} for line in lines],
        "may_prepare": may_prepare(request.actor, request.organization),
    }
    return render(request, "team/kits/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def kits_new(request: TeamRequest) -> HttpResponse:
    """Begin a kit from a starter. With `?stage=` the step uses it at once."""
    stage = _stage_to_serve(request)
    initial = {"name": stage.position.title} if stage else {}
    form = NewKitForm(request.POST or None, organization=request.organization, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kit = create_kit(
                actor=request.actor,
                organization=request.organization,
                name=form.cleaned_data["name"],
                starter=STARTERS[form.cleaned_data["starter"]],
                welcome_by=form.cleaned_data["welcome_by"],
            )
            if stage is not None:
                use_kit(actor=request.actor, stage=stage, kit=kit)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            return redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit.id)
    page = {"form": form, "stage": stage, "starters": STARTERS}
    return render(request, "team/kits/new.html", page, status=422 if form.errors else 200)


@require_safe
@member_required()
def kits_edit(request: TeamRequest, kit_id: uuid.UUID, number: int | None = None) -> HttpResponse:
    """One version with everything in it: the numbered one, else the draft, else the latest."""
    kit = get_object_or_404(Kit, organization=request.organization, id=kit_id)
    version = version_to_show(kit, number)
    if version is None:
        raise Http404
    questions = list(questions_of(version))
    minutes = candidate_minutes(version, questions)
    weights = weighed(version, questions)
    versions = list(versions_of(kit))
    stages = list(stages_with_kit(request.organization, [kit.id]))
    positions = _positions(stages, kit)
    efforts = efforts_of([position.id for position in positions])
    is_draft = version.state == KitVersionState.DRAFT
    before = next((older for older in versions if older.number < version.number), None)
    changes = is_draft and may_change(request.actor, version)
    page = {
        "kit": kit,
        "version": version,
        "versions": versions,
        "is_latest": versions[0].id == version.id,
        "is_draft": is_draft,
        "before": before,
        "people_before": people_invited_with(before) if is_draft and before else 0,
        "people": 0 if is_draft else people_invited_with(version),
        "stages": stages,
        "positions": positions,
        "efforts": [(position, efforts[position.id]) for position in positions if position.id in efforts],
        "cards": cards(questions, request.actor.id, quality_lines(request.actor, kit, questions)),
        "welcome": shown_prompt(version.welcome_prompt, request.actor.id),
        "minutes": minutes,
        "weights": weights,
        "weighs_alike": len({one.weight for one in weights}) < 2,
        "most_weight": MOST_WEIGHT,
        "comfortable": COMFORTABLE_MINUTES,
        "bar_minutes": BAR_MINUTES,
        "bar_comfortable": round(100 * COMFORTABLE_MINUTES / BAR_MINUTES),
        "bar_width": min(100, round(100 * minutes.minutes / BAR_MINUTES)),
        "steps": steps_to_publish(version, questions, request.organization.slug) if is_draft else [],
        "is_long": is_long(questions),
        "may_add": changes and len(questions) < MOST_QUESTIONS,
        "may_change": changes,
        "may_prepare": may_change(request.actor, version),
        "most_questions": MOST_QUESTIONS,
    }
    return render(request, "team/kits/edit.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def kits_words(request: TeamRequest, kit_id: uuid.UUID) -> HttpResponse:
    """Welcome and closing words of the draft. Saved while they are written."""
    version = _draft(request, kit_id)
    form = WordsForm(request.POST or None, version=version)
    if request.method == "POST":

        def save() -> None:
            edit_words(actor=request.actor, version=version, **form.cleaned_data)

        answer = saved_or_refused(request, form, save)
        if answer is not None:
            return answer
        if not form.errors:
            return redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit_id)
    page = {
        "form": form,
        "kit": version.kit,
        "version": version,
        "welcome": shown_prompt(version.welcome_prompt, request.actor.id),
        "sign": shown_prompt(version.welcome_sign, request.actor.id),
        "saved_at": version.updated_at,
    }
    return render(request, "team/kits/words.html", page, status=422 if form.errors else 200)


@require_POST
@member_required(*MAKERS)
def kits_weights(request: TeamRequest, kit_id: uuid.UUID) -> HttpResponse:
    """What each competency of the draft weighs in the mean: a field for each, named by the competency."""
    version = _draft(request, kit_id)
    try:
        set_weights(actor=request.actor, version=version, weights=_posted_weights(request))
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("The weights are saved."))
    answer = redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit_id)
    answer["Location"] += "#weights"
    return answer


@require_POST
@member_required(*MAKERS)
def kits_reading(request: TeamRequest, kit_id: uuid.UUID) -> HttpResponse:
    """Whether reading what was said counts as watching: a box of the draft, ticked or not."""
    try:
        set_reading_counts(
            actor=request.actor, version=_draft(request, kit_id), counts="reading_counts" in request.POST
        )
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("What counts as watching is saved."))
    answer = redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit_id)
    answer["Location"] += "#reading"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def kits_rename(request: TeamRequest, kit_id: uuid.UUID) -> HttpResponse:
    kit = get_object_or_404(Kit, organization=request.organization, id=kit_id)
    form = RenameKitForm(request.POST or None, initial={"name": kit.name})
    if request.method == "POST" and form.is_valid():
        rename_kit(actor=request.actor, kit=kit, name=form.cleaned_data["name"])
        return redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit_id)
    return render(request, "team/kits/rename.html", {"form": form, "kit": kit}, status=422 if form.errors else 200)


@require_POST
@member_required(*MAKERS)
def kits_publish(request: TeamRequest, kit_id: uuid.UUID) -> HttpResponse:
    version = _draft(request, kit_id)
    try:
        publish(actor=request.actor, version=version)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        words = _("Version %(n)d is published. New invitations use it.") % {"n": version.number}
        messages.success(request, words)
    return redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit_id)


@require_POST
@member_required(*MAKERS)
def kits_draft(request: TeamRequest, kit_id: uuid.UUID) -> HttpResponse:
    """Begin the next version, or go on with it."""
    kit = get_object_or_404(Kit, organization=request.organization, id=kit_id)
    start_draft(actor=request.actor, kit=kit)
    return redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit_id)


@require_POST
@member_required(*MAKERS)
def kits_discard(request: TeamRequest, kit_id: uuid.UUID) -> HttpResponse:
    version = _draft(request, kit_id)
    try:
        discard_draft(actor=request.actor, version=version)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("The draft is gone. The version before it is as it was."))
    return redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit_id)


def _positions(stages: Iterable[Stage], kit: Kit) -> list[Position]:
    """The positions that use the kit, each once, however many of their steps do."""
    return list({stage.position_id: stage.position for stage in stages if stage.kit_id == kit.id}.values())


def _posted_weights(request: TeamRequest) -> dict[uuid.UUID, int]:
    """The fields named `weight-<competency>`. What is no number becomes 0, which the verb refuses with words."""
    found = {}
    for name, text in request.POST.items():
        if name.startswith("weight-"):
            try:
                competency = uuid.UUID(name.removeprefix("weight-"))
            except ValueError:
                continue
            found[competency] = int(text) if text.isdecimal() and len(text) <= 3 else 0
    return found


def _draft(request: TeamRequest, kit_id: uuid.UUID) -> KitVersion:
    kit = get_object_or_404(Kit, organization=request.organization, id=kit_id)
    version = draft_of(kit)
    if version is None:
        raise Refused("not_a_draft", _("This kit has no draft. Begin a new version to change something."))
    return version


def _stage_to_serve(request: TeamRequest) -> Stage | None:
    try:
        stage_id = uuid.UUID(request.GET.get("stage", ""))
    except ValueError:
        return None
    return Stage.objects.select_related("position").filter(organization=request.organization, id=stage_id).first()
