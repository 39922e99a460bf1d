"""The organization's own questions: finding, writing, dropping them, using them in a kit."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.kits.actions.library import add_kept_question, edit_kept_question, remove_kept_question
from bothways.kits.actions.questions import add_from_library
from bothways.kits.models import Kit, LibraryQuestion
from bothways.kits.policies import may_prepare
from bothways.kits.queries.library import competency_names, kept_questions
from bothways.kits.queries.versions import draft_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.questions import QuestionForm
from bothways.web.team.kit_parts import cards, shown_prompt
from bothways.web.team.navigation import MAKERS
from bothways.web.team.search import searched

PAGE_SIZE = 20


@require_safe
@member_required()
def library_list(request: TeamRequest) -> HttpResponse:
    """All kept questions. With `?kit=` each has a button that puts it into that kit."""
    search = searched(request)
    shown = Paginator(kept_questions(request.organization, search), PAGE_SIZE).get_page(request.GET.get("page"))
    page = {
        "cards": cards(shown.object_list, request.actor.id),
        "shown": shown,
        "search": search,
        "kit": _kit_to_serve(request),
        "may_prepare": may_prepare(request.actor, request.organization),
    }
    return render(request, "team/library/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def library_new(request: TeamRequest) -> HttpResponse:
    """Write a question for the library."""
    form = QuestionForm(request.POST or None, organization=request.organization)
    if request.method == "POST" and form.is_valid():
        try:
            add_kept_question(actor=request.actor, organization=request.organization, wording=form.wording())
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error("text", refused.words)
        else:
            messages.success(request, _("The question is kept in the library."))
            return redirect("team:library-list", organization=request.organization.slug)
    page = {"form": form, "competencies": competency_names(request.organization)}
    return render(request, "team/library/edit.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def library_edit(request: TeamRequest, kept_id: uuid.UUID) -> HttpResponse:
    """Change a kept question. Kits that use it keep their own copy."""
    kept = _kept(request, kept_id)
    form = QuestionForm(request.POST or None, organization=request.organization, row=kept)
    if request.method == "POST" and form.is_valid():
        try:
            edit_kept_question(actor=request.actor, kept=kept, wording=form.wording())
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error("text", refused.words)
        else:
            messages.success(request, _("Saved. Kits that use it keep their own copy."))
            return redirect("team:library-list", organization=request.organization.slug)
    page = {
        "form": form,
        "kept": kept,
        "prompt": shown_prompt(kept.prompt, request.actor.id),
        "sign": shown_prompt(kept.sign, request.actor.id),
        "competencies": competency_names(request.organization),
    }
    return render(request, "team/library/edit.html", page, status=422 if form.errors else 200)


@require_POST
@member_required(*MAKERS)
def library_remove(request: TeamRequest, kept_id: uuid.UUID) -> HttpResponse:
    remove_kept_question(actor=request.actor, kept=_kept(request, kept_id))
    messages.success(request, _("The question is out of the library. Kits that use it keep their own copy."))
    return redirect("team:library-list", organization=request.organization.slug)


@require_POST
@member_required(*MAKERS)
def library_use(request: TeamRequest, kept_id: uuid.UUID, kit_id: uuid.UUID) -> HttpResponse:
    """Put a copy into the draft of a kit."""
    kept = _kept(request, kept_id)
    kit = get_object_or_404(Kit, organization=request.organization, id=kit_id)
    version = draft_of(kit)
    try:
        if version is None:
            raise Refused("not_a_draft", _("This kit has no draft. Begin a new version to change something."))
        question = add_from_library(actor=request.actor, version=version, kept=kept)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("It is question %(n)d now.") % {"n": question.place})
    return redirect("team:kits-edit", organization=request.organization.slug, kit_id=kit.id)


def _kept(request: TeamRequest, kept_id: uuid.UUID) -> LibraryQuestion:
    kept = LibraryQuestion.objects.select_related(
        "competency", "asker__user", "prompt", "captions__reviewed_by__user", "sign"
    )
    return get_object_or_404(kept, organization=request.organization, id=kept_id)


def _kit_to_serve(request: TeamRequest) -> Kit | None:
    try:
        kit_id = uuid.UUID(request.GET.get("kit", ""))
    except ValueError:
        return None
    return Kit.objects.filter(organization=request.organization, id=kit_id).first()
