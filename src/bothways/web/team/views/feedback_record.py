"""Feedback by voice or on video: the page with the recorder, and the calls that it makes."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.conversations.actions.clips import finish_clip, open_feedback_clip
from bothways.conversations.actions.feedback import use_feedback_clip
from bothways.conversations.models import Clip
from bothways.conversations.queries.clips import feedback_tries, unsent_feedback
from bothways.conversations.queries.feedback import feedback_of, text_to_edit
from bothways.interviews.models import Interview
from bothways.web.clips import FinishClipForm, OpenClipForm, Viewer, opened_json, state_json
from bothways.web.json_bodies import read_json
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.clip_recording import clip_recording
from bothways.web.team.views.feedback import advised
from bothways.web.team.views.positions import MAKERS
from bothways.web.team.views.prompts import in_json


@require_safe
@member_required(*MAKERS)
def feedback_record(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    interview = advised(request, interview_id)
    feedback = feedback_of(interview)
    slug = request.organization.slug
    home = reverse("team:feedback-edit", args=[slug, interview.id])
    if feedback and feedback.is_sent:
        return redirect(home)
    calls = reverse("team:feedback-clips", args=[slug, interview.id])
    page = {
        "interview": interview,
        "who": interview.shown_name,
        "text": text_to_edit(interview, feedback, request.actor.name),
        **clip_recording(
            request,
            calls=calls,
            home=home,
            unsent=unsent_feedback(interview, request.actor.id),
            use=_("Use this recording"),
        ),
    }
    return render(request, "team/feedback/record.html", page)


@require_POST
@member_required(*MAKERS)
@in_json
def feedback_clips(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Make room for a recording; the same key again gives the same one with a new token."""
    interview = advised(request, interview_id)
    opened = open_feedback_clip(actor=request.actor, interview=interview, **read_json(request, OpenClipForm))
    url = reverse("team:feedback-clip", args=[request.organization.slug, interview.id, opened.clip.id])
    return JsonResponse(opened_json(opened, url), status=201)


@require_safe
@member_required(*MAKERS)
@in_json
def feedback_clip(request: TeamRequest, interview_id: uuid.UUID, try_id: uuid.UUID) -> HttpResponse:
    """How far it is."""
    return _state(request, advised(request, interview_id), try_id)


@require_POST
@member_required(*MAKERS)
@in_json
def feedback_finish(request: TeamRequest, interview_id: uuid.UUID, try_id: uuid.UUID) -> HttpResponse:
    """The device says how many bytes the whole has."""
    interview = advised(request, interview_id)
    clip = _clip(request, interview, try_id)
    finish_clip(actor=request.actor, clip=clip, size=read_json(request, FinishClipForm)["bytes"])
    return _state(request, interview, try_id)


@require_POST
@member_required(*MAKERS)
@in_json
def feedback_choose(request: TeamRequest, interview_id: uuid.UUID, try_id: uuid.UUID) -> HttpResponse:
    """Put it beside the words. Nothing is sent before somebody approves."""
    interview = advised(request, interview_id)
    use_feedback_clip(actor=request.actor, clip=_clip(request, interview, try_id))
    messages.success(request, _("Your recording is in the feedback. Nothing is sent before you approve it."))
    return _state(request, interview, try_id)


def _clip(request: TeamRequest, interview: Interview, try_id: uuid.UUID) -> Clip:
    """Only the member's own: another one's try is theirs until they use it."""
    return get_object_or_404(feedback_tries(interview, request.actor.id), id=try_id)


def _state(request: TeamRequest, interview: Interview, try_id: uuid.UUID) -> HttpResponse:
    return JsonResponse(state_json(_clip(request, interview, try_id), _viewer(request)))


def _viewer(request: TeamRequest) -> Viewer:
    return Viewer("member", request.actor.id)
