"""Taking part no more."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bothways.interviews.actions.passages import tell_stop_reason
from bothways.interviews.actions.progress import withdraw
from bothways.interviews.models import Answer, InterviewState, StopReason
from bothways.interviews.queries.consent_words import recording_days
from bothways.interviews.queries.passages import has_opened_a_question
from bothways.web.candidate.access import CandidateRequest, candidate_page


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def withdraw_interview(request: CandidateRequest) -> HttpResponse:
    """Ask once what it means, then do it. Afterwards the link says so."""
    asked = request.interview.state != InterviewState.SUBMITTED and has_opened_a_question(request.interview)
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        if asked and reason:
            tell_stop_reason(interview=request.interview, reason=reason, actor=request.actor)
        withdraw(interview=request.interview, actor=request.actor)
        return redirect("candidate:landing", token=request.token)
    days = recording_days(request.interview)
    context = {
        "reasons": StopReason.choices if asked else (),
        "was_sent": request.interview.state == InterviewState.SUBMITTED,
        "recording_days": days,
        "gone_on": timezone.localdate() + dt.timedelta(days=days),
        "has_answers": Answer.objects.filter(interview=request.interview).exists(),
    }
    return render(request, "candidate/withdraw/withdraw.html", context)
