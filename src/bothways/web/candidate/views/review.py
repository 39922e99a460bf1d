"""Looking it over, a note to those who rate, and sending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.conversations.queries.inquiries import asked_count
from bothways.interviews.actions.answering import WrittenElsewhere
from bothways.interviews.actions.note import write_note
from bothways.interviews.actions.progress import submit
from bothways.interviews.models import LONGEST_NOTE
from bothways.interviews.queries.candidate_page import candidate_page as page_of
from bothways.interviews.queries.note import note_of
from bothways.interviews.queries.window import accepts_new_takes
from bothways.lib.errors import Refused
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.forms.note import NoteForm
from bothways.web.candidate.own_words import chosen_words
from bothways.web.candidate.writing_words import writing_words
from bothways.web.json_bodies import read_json


@require_safe
@candidate_page(answering=True)
def review(request: CandidateRequest) -> HttpResponse:
    """Every answer as the server holds it, to look at once more before it is sent."""
    return _page(request, _kept_note(request))


@require_POST
@candidate_page()
def submit_answers(request: CandidateRequest) -> HttpResponse:
    """Send, with the note as it stands in the form. Whoever sends twice, or from two devices, sees that it is sent.

    The other button only saves the note.
    """
    form = NoteForm(request.POST)
    has_note = form.is_valid() and form.cleaned_data["revision"] is not None
    values = dict(form.cleaned_data) if has_note else _kept_note(request)
    try:
        if has_note:
            write_note(interview=request.interview, actor=request.actor, **values)
        if "note_only" in request.POST:
            messages.success(request, _("Your note is saved. It goes out with your answers."))
            return redirect("candidate:review", token=request.token)
        submit(interview=request.interview, actor=request.actor)
    except WrittenElsewhere as newer:
        values["revision"] = newer.current.revision
        return _page(request, values, refused=newer.words, other=newer.current.text, status=409)
    except Refused as refused:
        if refused.code == "submitted":
            return redirect("candidate:landing", token=request.token)
        return _page(request, values, refused=refused.words, status=409)
    return redirect("candidate:landing", token=request.token)


@require_POST
@candidate_page(json=True)
def note(request: CandidateRequest) -> HttpResponse:
    """The note, saved while it is written. 409 with what stands, when another device was there in between."""
    sent = read_json(request, NoteForm)
    try:
        kept = write_note(interview=request.interview, actor=request.actor, **sent)
    except WrittenElsewhere as newer:
        error = {"code": newer.code, "words": newer.words}
        current = {"text": newer.current.text, "revision": newer.current.revision}
        return JsonResponse({"error": error, "current": current}, status=409)
    return JsonResponse({"revision": kept.revision if kept else 0})


def _kept_note(request: CandidateRequest) -> dict[str, Any]:
    kept = note_of(request.interview)
    return {"text": kept.text, "revision": kept.revision} if kept else {"text": "", "revision": 0}


def _page(
    request: CandidateRequest, values: dict[str, Any], *, refused: str = "", other: str = "", status: int = 200
) -> HttpResponse:
    interview = request.interview
    page = page_of(interview)
    context = {
        "page": page,
        "may_record": accepts_new_takes(interview),
        "texts": chosen_words(page),
        "note": values,
        "refused": refused,
        "other": other,
        "asked": asked_count(interview),
        "is_blind": bool(interview.stage and interview.stage.is_blind),
        "config": {
            "save_url": reverse("candidate:note", args=[request.token]),
            "csrf_token": get_token(request),
            "draft": f"bothways.note:{interview.id}",
            "revision": values["revision"],
            "most": LONGEST_NOTE,
        },
        "strings": writing_words(),
    }
    return render(request, "candidate/review/review.html", context, status=status)
