"""Help with everything that can go wrong, and a person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.words import deadline_words


@require_safe
@candidate_page()
def help_page(request: CandidateRequest) -> HttpResponse:
    return render(request, "candidate/help/help.html", {"deadline_words": deadline_words(request.interview)})
