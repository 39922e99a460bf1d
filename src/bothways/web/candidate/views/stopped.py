"""One tap, for who likes to: what made you stop at this question?"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bothways.interviews.actions.passages import tell_stop_reason
from bothways.web.candidate.access import CandidateRequest, candidate_page


@require_POST
@candidate_page(answering=True)
def stopped(request: CandidateRequest, place: int) -> HttpResponse:
    """Keep the reason and say thank you. Another tap later takes the place of the first."""
    reason = request.POST.get("reason", "")
    tell_stop_reason(interview=request.interview, reason=reason, place=place, actor=request.actor)
    return redirect(f"{reverse('candidate:questions', args=[request.token])}?told={place}")
