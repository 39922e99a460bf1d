"""What is kept about the candidate here, to see and to take along."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bothways.interviews.models import Consent
from bothways.interviews.queries.candidate_page import candidate_page as page_of
from bothways.interviews.queries.requests import requests_of
from bothways.lib.zip_stream import zipped
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.feedback import shown_feedback
from bothways.web.candidate.inquiries import shown_inquiries
from bothways.web.candidate.own_copy import entries, file_name, kept_files
from bothways.web.candidate.own_words import chosen_words
from bothways.web.streaming import streamed


@require_safe
@candidate_page()
def data(request: CandidateRequest) -> HttpResponse:
    """The own answers to play and to download, the consent as it was given, how long all is kept, and the way out."""
    page = page_of(request.interview)
    context = {
        "page": page,
        "texts": chosen_words(page),
        "consent": Consent.objects.select_related("text").filter(interview=request.interview).first(),
        "size": sum(file.size for file in kept_files(page)),
        "requests": requests_of(request.interview),
        "inquiries": shown_inquiries(request),
        "feedback": shown_feedback(request),
    }
    return render(request, "candidate/data/data.html", context)


@require_safe
@candidate_page()
def data_answer(request: CandidateRequest, place: int) -> HttpResponse:
    """To the recording of one answer, at an address made now: a page that was open for hours still leads there.

    An answer without one leads to the page that says what there is.
    """
    shown = next((one for one in page_of(request.interview).questions if one.place == place), None)
    if shown is None or shown.answer is None:
        return redirect("candidate:data", token=request.token)
    return redirect(shown.answer.url)


@require_safe
@candidate_page()
def data_everything(request: CandidateRequest) -> HttpResponseBase:
    """Everything in one archive, made while it is sent."""
    page = page_of(request.interview)
    parts = zipped(entries(page) if request.method == "GET" else [])
    response = streamed(request, parts, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{file_name(page)}"'
    return response
