"""Before anything is recorded: the consent, word for word."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bothways.interviews.actions.consent import agree, current_text
from bothways.interviews.actions.settings import note_time_zone
from bothways.interviews.models import Consent
from bothways.interviews.queries.settings import needs_camera
from bothways.lib.errors import Refused
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.forms.consent import ConsentForm


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page(answering=True)
def consent(request: CandidateRequest) -> HttpResponse:
    """Read and agree. Who has agreed before reads the text that was agreed to."""
    interview = request.interview
    token = request.token
    records = needs_camera(interview, interview.kit_version.questions.all())
    next_page = "candidate:check" if records else "candidate:questions"
    given = Consent.objects.select_related("text").filter(interview=interview).first()
    if given is not None:
        if request.method == "POST":
            return redirect(next_page, token=token)
        return render(request, "candidate/consent/consent.html", {"given": given, "text": given.text})
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agree(interview=interview, text_id=form.cleaned_data["text"], actor=request.actor)
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            note_time_zone(interview=interview, time_zone=form.cleaned_data["time_zone"], actor=request.actor)
            return redirect(next_page, token=token)
    text = current_text(interview)
    # The form always carries the text that stands above it, also after a refusal.
    form.data = {**form.data.dict(), "text": str(text.id)} if form.is_bound else form.data
    form.initial["text"] = text.id
    status = 422 if form.errors else 200
    return render(request, "candidate/consent/consent.html", {"form": form, "text": text}, status=status)
