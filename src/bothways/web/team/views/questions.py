"""Writing the questions of a draft, and their order."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bothways.kits.actions.library import keep_question
from bothways.kits.actions.questions import (
    add_question,
    duplicate_question,
    edit_question,
    move_question,
    remove_question,
)
from bothways.kits.models import Kit, KitVersionState, Question
from bothways.kits.queries.library import competency_names
from bothways.kits.queries.versions import draft_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.autosave import saved_or_refused
from bothways.web.team.forms.questions import QuestionForm
from bothways.web.team.kit_parts import shown_prompt
from bothways.web.team.navigation import MAKERS
from bothways.web.team.quality_lines import quality_lines


@require_POST
@member_required(*MAKERS)
def questions_add(request: TeamRequest, kit_id: uuid.UUID) -> HttpResponse:
    """Put an empty question at the end and go there."""
    kit = get_object_or_404(Kit, organization=request.organization, id=kit_id)
    version = draft_of(kit)
    if version is None:
        raise Refused("not_a_draft", _("This kit has no draft. Begin a new version to change something."))
    try:
        question = add_question(actor=request.actor, version=version)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
        return redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit.id)
    return redirect("team:questions-edit", organization=request.organization.slug, question_id=question.id)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def questions_edit(request: TeamRequest, question_id: uuid.UUID) -> HttpResponse:
    """Write a question. Saved while it is written."""
    question = _question(request, question_id)
    form = QuestionForm(request.POST or None, organization=request.organization, row=question)
    if request.method == "POST":

        def save() -> None:
            edit_question(actor=request.actor, question=question, wording=form.wording())

        answer = saved_or_refused(request, form, save)
        if answer is not None:
            return answer
        if not form.errors:
            return _to_kit(request, question)
    elif question.kit_version.state != KitVersionState.DRAFT:
        return _to_kit(request, question)
    page = {
        "form": form,
        "question": question,
        "version": question.kit_version,
        "kit": question.kit_version.kit,
        "prompt": shown_prompt(question.prompt, request.actor.id),
        "sign": shown_prompt(question.sign, request.actor.id),
        "competencies": competency_names(request.organization),
        "saved_at": question.kit_version.updated_at,
        "worked": quality_lines(request.actor, question.kit_version.kit, [question]).get(question.id),
    }
    return render(request, "team/questions/edit.html", page, status=422 if form.errors else 200)


@require_POST
@member_required(*MAKERS)
def questions_move(request: TeamRequest, question_id: uuid.UUID) -> HttpResponse:
    """One place up or down."""
    question = _question(request, question_id)
    move_question(actor=request.actor, question=question, by=-1 if request.POST.get("to") == "up" else 1)
    words = _("It is question %(n)d now.") % {"n": question.place}
    messages.success(request, words)
    return _to_kit(request, question, f"#q-{question.id}")


@require_POST
@member_required(*MAKERS)
def questions_duplicate(request: TeamRequest, question_id: uuid.UUID) -> HttpResponse:
    question = _question(request, question_id)
    try:
        twin = duplicate_question(actor=request.actor, question=question)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
        return _to_kit(request, question)
    messages.success(request, _("The copy is question %(n)d.") % {"n": twin.place})
    return _to_kit(request, twin, f"#q-{twin.id}")


@require_POST
@member_required(*MAKERS)
def questions_remove(request: TeamRequest, question_id: uuid.UUID) -> HttpResponse:
    question = _question(request, question_id)
    remove_question(actor=request.actor, question=question)
    messages.success(request, _("The question is removed from this draft."))
    return _to_kit(request, question, "#questions")


@require_POST
@member_required(*MAKERS)
def questions_keep(request: TeamRequest, question_id: uuid.UUID) -> HttpResponse:
    """Keep a copy in the library."""
    question = _question(request, question_id)
    try:
        keep_question(actor=request.actor, question=question)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("The question is kept in the library."))
    return _to_kit(request, question, f"#q-{question.id}")


def _question(request: TeamRequest, question_id: uuid.UUID) -> Question:
    questions = Question.objects.select_related(
        "kit_version__kit", "competency", "asker__user", "prompt", "captions__reviewed_by__user", "sign"
    )
    return get_object_or_404(questions, organization=request.organization, id=question_id)


def _to_kit(request: TeamRequest, question: Question, anchor: str = "") -> HttpResponse:
    answer = redirect("team:kits-edit", organization=request.organization.slug, kit_id=question.kit_version.kit_id)
    answer["Location"] += anchor
    return answer
