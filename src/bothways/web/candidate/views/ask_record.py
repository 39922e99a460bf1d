"""Asking by voice or on video: the page with the recorder, and the calls that it makes."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.conversations.actions.clips import finish_clip, open_question_clip
from bothways.conversations.actions.inquiries import ask_on_recording
from bothways.conversations.models import Clip
from bothways.conversations.queries.clips import clip_limit_s, question_clips, unsent_clips
from bothways.interviews.models import Consent
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.clip_recording import clip_answer, clip_recording
from bothways.web.candidate.words import deadline_words
from bothways.web.clips import FinishClipForm, OpenClipForm, opened_json
from bothways.web.json_bodies import read_json
from bothways.web.templatetags.candidate_tags import day


@require_safe
@candidate_page()
def ask_record(request: CandidateRequest) -> HttpResponse:
    """Consent comes first, as before everything that is recorded. In a preview nothing is."""
    interview, token = request.interview, request.token
    then = "?then=review" if request.GET.get("then") == "review" else ""
    if interview.is_preview:
        messages.success(request, _("Candidates record their question here. In a preview nothing is recorded."))
        return redirect(reverse("candidate:ask", args=[token]) + then)
    if not Consent.objects.filter(interview=interview).exists():
        messages.success(request, _("First you read what happens with recordings. Then you can record your question."))
        return redirect("candidate:consent", token=token)
    page = clip_recording(
        request,
        place=f"inquiry:{interview.id}",
        calls=reverse("candidate:ask-clips", args=[token]),
        home=reverse("candidate:ask", args=[token]) + then,
        unsent=unsent_clips(interview),
        send=_("Send this question"),
        limit_s=clip_limit_s(interview),
    )
    page["deadline_words"] = deadline_words(interview)
    return render(request, "candidate/ask/record.html", page)


@require_POST
@candidate_page(json=True)
def ask_clips(request: CandidateRequest) -> HttpResponse:
    """201 with the clip and the way in for its bytes; the same key again gives the same one with a new token."""
    opened = open_question_clip(interview=request.interview, actor=request.actor, **read_json(request, OpenClipForm))
    url = reverse("candidate:ask-clip", args=[request.token, opened.clip.id])
    return JsonResponse(opened_json(opened, url), status=201)


@require_safe
@candidate_page(json=True)
def ask_clip(request: CandidateRequest, clip_id: uuid.UUID) -> HttpResponse:
    """How far it is."""
    return clip_answer(request, _clip(request, clip_id))


@require_POST
@candidate_page(json=True)
def ask_clip_finish(request: CandidateRequest, clip_id: uuid.UUID) -> HttpResponse:
    """The device says how many bytes the whole has."""
    if clip := _clip(request, clip_id):
        finish_clip(actor=request.actor, clip=clip, size=read_json(request, FinishClipForm)["bytes"])
    return clip_answer(request, _clip(request, clip_id))


@require_POST
@candidate_page(json=True)
def ask_clip_choose(request: CandidateRequest, clip_id: uuid.UUID) -> HttpResponse:
    """Send it."""
    if clip := _clip(request, clip_id):
        asked = ask_on_recording(clip=clip, actor=request.actor)
        words = _("Your question is on its way. %(name)s answers you by %(day)s.")
        messages.success(request, words % {"name": asked.owner.user.name, "day": day(asked.due)})
    return clip_answer(request, _clip(request, clip_id))


def _clip(request: CandidateRequest, clip_id: uuid.UUID) -> Clip | None:
    return question_clips(request.interview).filter(id=clip_id).first()
