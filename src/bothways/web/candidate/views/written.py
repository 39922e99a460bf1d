"""Answering without a recording: in writing, by choosing, with a number. Nothing here runs against a clock."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.interviews.actions.answering import WrittenElsewhere
from bothways.interviews.actions.files import add_file, remove_file
from bothways.interviews.actions.passages import open_question
from bothways.interviews.actions.written import keep_written, save_draft
from bothways.interviews.models import LONGEST_TEXT, WrittenAnswer
from bothways.interviews.queries.candidate_page import PageQuestion
from bothways.interviews.queries.candidate_page import candidate_page as page_of
from bothways.interviews.queries.files import own_file
from bothways.interviews.queries.written import shown_writing
from bothways.kits.models import MOST_QUESTIONS, Question
from bothways.lib.errors import Refused
from bothways.web.attachments import attachment
from bothways.web.candidate.access import CandidateRequest, candidate_page, json_error
from bothways.web.candidate.devices import device_of
from bothways.web.candidate.forms.written import AnswerForm, DraftForm, FilesForm, WriteForm, answer_form
from bothways.web.candidate.ticks import ticks
from bothways.web.candidate.words import deadline_words
from bothways.web.candidate.writing_words import writing_words
from bothways.web.json_bodies import read_json


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page(answering=True)
def write(request: CandidateRequest, place: int) -> HttpResponse:
    """Write, choose or give a number. "Keep" makes it the answer; "later" keeps words as a draft."""
    page = page_of(request.interview)
    shown = next((one for one in page.questions if one.place == place), None)
    if shown is None:
        raise Http404
    if not page.has_consented:
        return redirect("candidate:consent", token=request.token)
    open_question(interview=request.interview, question=shown.question, device=device_of(request), actor=request.actor)
    written: WrittenAnswer | None = shown.progress.writing
    form = answer_form(shown.question, written, request.POST or None, request.FILES or None)
    other = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, shown.question, form)
        except WrittenElsewhere as newer:
            other = newer.current.text
            form.data = {**form.data.dict(), "revision": newer.current.revision}
            form.add_error(None, newer.words)
        except Refused as refused:
            form.add_error(None, refused.words)
    context = {
        "shown": shown,
        "form": form,
        "other": other,
        "given": shown_writing(shown.question, written) if written else None,
        "config": _config(request, shown, _revision(form)) if isinstance(form, WriteForm) else None,
        "strings": writing_words() if isinstance(form, WriteForm) else None,
        "ticks": ticks(page, place),
        "place": place,
        "of": len(page.questions),
        "deadline_words": deadline_words(request.interview),
    }
    return render(request, "candidate/questions/write.html", context, status=422 if form.errors else 200)


@require_POST
@candidate_page(json=True)
def write_draft(request: CandidateRequest, place: int) -> HttpResponse:
    """Saved while it is written. 409 with what stands, when another device was there in between."""
    questions = Question.objects.filter(kit_version=request.interview.kit_version_id)
    question = questions.filter(place=place).first() if 1 <= place <= MOST_QUESTIONS else None
    if question is None:
        return json_error("not_here", _("This question is not here any more. Load the page again."), 404)
    sent = read_json(request, DraftForm)
    try:
        written = save_draft(interview=request.interview, question=question, actor=request.actor, **sent)
    except WrittenElsewhere as newer:
        error = {"code": newer.code, "words": newer.words}
        current = {"text": newer.current.text, "revision": newer.current.revision}
        return JsonResponse({"error": error, "current": current}, status=409)
    return JsonResponse({"revision": written.revision})


@require_safe
@candidate_page()
def write_file(request: CandidateRequest, place: int, file_id: uuid.UUID) -> HttpResponseBase:
    """One of the candidate's own files, to save."""
    file = own_file(request.interview, place, file_id)
    if file is None:
        raise Http404
    return attachment(request, file, file.name)


@require_POST
@candidate_page(answering=True)
def write_file_remove(request: CandidateRequest, place: int, file_id: uuid.UUID) -> HttpResponse:
    file = own_file(request.interview, place, file_id)
    if file is None:
        raise Http404
    remove_file(interview=request.interview, file=file, actor=request.actor)
    return redirect("candidate:write", token=request.token, place=place)


def _saved(request: CandidateRequest, question: Question, form: AnswerForm) -> HttpResponse:
    common: dict[str, Any] = {"interview": request.interview, "question": question, "actor": request.actor}
    if isinstance(form, WriteForm):
        common["revision"] = form.cleaned_data["revision"]
        if "later" in request.POST:
            save_draft(text=form.cleaned_data["text"], **common)
            return redirect(f"{reverse('candidate:questions', args=[request.token])}?left={question.place}")
    if isinstance(form, FilesForm):
        for file in form.cleaned_data["files"]:
            add_file(name=file.name, content=file, **common)
        if "keep" not in request.POST:
            return redirect("candidate:write", token=request.token, place=question.place)
    keep_written(given=form.given(), **common)
    return redirect("candidate:question-next", token=request.token, place=question.place)


def _revision(form: WriteForm) -> int:
    """The one from which somebody writes on: as the form says it, which may have learned of a newer one."""
    return int(form["revision"].value() or 0)


def _config(request: CandidateRequest, shown: PageQuestion, revision: int) -> dict[str, Any]:
    """For static/bothways/writing/write.js."""
    return {
        "save_url": reverse("candidate:write-draft", args=[request.token, shown.place]),
        "csrf_token": get_token(request),
        "draft": f"bothways.writing:{request.interview.id}:{shown.place}",
        "revision": revision,
        "most": LONGEST_TEXT,
    }
