"""I would rather talk to a person, or I need a change."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.interviews.actions.requests import ask
from bothways.interviews.models import RequestKind
from bothways.interviews.queries.requests import answer_due, owner_for, requests_of
from bothways.interviews.queries.window import accepts_new_takes, is_answering, is_over
from bothways.lib.errors import Refused
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.forms.talk import TalkForm
from bothways.web.templatetags.candidate_tags import day


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def talk(request: CandidateRequest) -> HttpResponse:
    """Open at any time, also after sending: somebody reads it and writes back. `?for=change` picks the second."""
    wanted = RequestKind.CHANGE if request.GET.get("for") == "change" else RequestKind.PERSON
    form = TalkForm(request.POST or None, initial={"kind": wanted})
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask(interview=request.interview, actor=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            if asked is None:
                messages.success(request, _("In a preview nobody is asked. Candidates read here who answers them."))
            else:
                words = _("Your message is on its way. %(name)s answers you by %(day)s.")
                messages.success(request, words % {"name": asked.owner.user.name, "day": day(asked.due)})
            return redirect("candidate:talk", token=request.token)
    interview = request.interview
    page = {
        "form": form,
        "requests": requests_of(interview),
        "answers": owner_for(interview),
        "due": answer_due(interview.organization),
        "has_time": accepts_new_takes(interview),
        "time_is_over": is_answering(interview) and is_over(interview),
    }
    return render(request, "candidate/talk/talk.html", page, status=422 if form.errors else 200)
