"""Three more days, taken by the candidate."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bothways.interviews.actions.progress import extend
from bothways.interviews.queries.window import open_until
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.forms.extend import ExtendForm
from bothways.web.templatetags.candidate_tags import moment, zone


@require_POST
@candidate_page()
def extend_deadline(request: CandidateRequest) -> HttpResponse:
    form = ExtendForm(request.POST)
    seen = form.cleaned_data["deadline"] if form.is_valid() else None
    if seen and extend(interview=request.interview, seen_deadline=seen, actor=request.actor):
        request.interview.refresh_from_db(fields=["deadline"])
        words = _("You have 3 more days, until %(moment)s %(zone)s.")
        messages.success(request, words % {"moment": moment(open_until(request.interview)), "zone": zone()})
    return redirect("candidate:landing", token=request.token)
