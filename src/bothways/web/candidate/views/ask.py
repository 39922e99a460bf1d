"""Questions back: what the candidate asks the team, and the answers."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bothways.conversations.actions.inquiries import ask_in_words
from bothways.conversations.policies import may_candidate_play
from bothways.conversations.queries.clips import clip_limit_s
from bothways.conversations.queries.inquiries import inquiry_due, owner_for
from bothways.interviews.queries.window import accepts_begun_takes
from bothways.lib.errors import Refused
from bothways.media.models import Recording
from bothways.media.queries.transcripts import words_by_recording
from bothways.media.spoken_cues import spoken_cues
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.forms.ask import AskForm
from bothways.web.candidate.inquiries import others_asked, shown_inquiries
from bothways.web.captions import cues_response
from bothways.web.templatetags.candidate_tags import day


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def ask(request: CandidateRequest) -> HttpResponse:
    """Open at any time, also after sending. `?then=review` comes from the page before sending, and leads back there."""
    interview = request.interview
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_in_words(interview=interview, actor=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            if asked is None:
                messages.success(request, _("In a preview nobody is asked. Candidates read here who answers them."))
            else:
                words = _("Your question is on its way. %(name)s answers you by %(day)s.")
                messages.success(request, words % {"name": asked.owner.user.name, "day": day(asked.due)})
            return redirect(_here(request))
    back_to_review = request.GET.get("then") == "review" and accepts_begun_takes(interview)
    page = {
        "form": form,
        "inquiries": shown_inquiries(request),
        "others": others_asked(request),
        "answers": owner_for(interview),
        "due": inquiry_due(interview),
        "limit_s": clip_limit_s(interview),
        "record_url": reverse("candidate:ask-record", args=[request.token]) + _then(request),
        "back_to_review": back_to_review,
    }
    return render(request, "candidate/ask/ask.html", page, status=422 if form.errors else 200)


@require_safe
@candidate_page()
def ask_captions(request: CandidateRequest, recording_id: uuid.UUID) -> HttpResponse:
    """What is said in a question of the candidate's own, or in the answer to it."""
    interview = request.interview
    recording = Recording.objects.filter(organization=interview.organization_id, id=recording_id).first()
    if recording is None or not may_candidate_play(interview, recording):
        raise Http404
    words = words_by_recording(interview.organization_id, [recording.id]).get(recording.id)
    if words is None:
        raise Http404
    return cues_response(spoken_cues(words.utterances, recording.duration_ms or 0))


def _here(request: CandidateRequest) -> str:
    return reverse("candidate:ask", args=[request.token]) + _then(request)


def _then(request: CandidateRequest) -> str:
    return "?then=review" if request.GET.get("then") == "review" else ""
