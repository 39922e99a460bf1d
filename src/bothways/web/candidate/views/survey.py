"""Two questions about the interview itself, after sending and after the decision. Nobody has to answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.conversations.actions.survey import take_survey
from bothways.conversations.queries.survey import moment_to_ask
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.forms.survey import SurveyForm


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def survey(request: CandidateRequest) -> HttpResponse:
    moment = moment_to_ask(request.interview)
    if moment is None:
        return redirect("candidate:landing", token=request.token)
    form = SurveyForm(request.POST or None, initial={"moment": moment})
    if request.method == "POST" and form.is_valid():
        take_survey(actor=request.actor, interview=request.interview, **form.cleaned_data)
        messages.success(request, _("Thank you. It is kept without your name."))
        return redirect("candidate:landing", token=request.token)
    page = {"form": form, "moment": moment}
    return render(request, "candidate/survey/survey.html", page, status=422 if form.errors else 200)
