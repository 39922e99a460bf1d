"""Asking once more by voice or on video: the page with the recorder, and the calls that it makes."""

import uuid

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.conversations.actions.clips import finish_clip, open_prompt_clip
from bothways.conversations.actions.inquiries import require_whole
from bothways.conversations.models import Clip
from bothways.conversations.queries.clips import prompt_clips, unsent_of
from bothways.web.clips import FinishClipForm, OpenClipForm, Viewer, opened_json, state_json
from bothways.web.json_bodies import read_json
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.clip_recording import clip_recording
from bothways.web.team.playing import WATCHERS
from bothways.web.team.views.follow_ups import picked_key, to_ask
from bothways.web.team.views.prompts import in_json


@require_safe
@member_required(*WATCHERS)
def follow_ups_record(request: TeamRequest, interview_id: uuid.UUID, place: int) -> HttpResponse:
    interview, question = to_ask(request, interview_id, place)
    address = [request.organization.slug, interview.id, place]
    home = reverse("team:follow-ups-new", args=address)
    calls = reverse("team:follow-ups-clips", args=address)
    unsent = unsent_of(prompt_clips(interview, question, request.actor.id))
    page = {
        **clip_recording(request, calls=calls, home=home, unsent=unsent, use=_("Use this one")),
        "who": interview.shown_name,
        "question": question,
    }
    return render(request, "team/follow_ups/record.html", page)


@require_POST
@member_required(*WATCHERS)
@in_json
def follow_ups_clips(request: TeamRequest, interview_id: uuid.UUID, place: int) -> HttpResponse:
    """Make room for a try; the same key again gives the same one with a new token."""
    interview, question = to_ask(request, interview_id, place)
    sent = read_json(request, OpenClipForm)
    opened = open_prompt_clip(actor=request.actor, interview=interview, question=question, **sent)
    url = reverse("team:follow-ups-clip", args=[request.organization.slug, interview.id, place, opened.clip.id])
    return JsonResponse(opened_json(opened, url), status=201)


@require_safe
@member_required(*WATCHERS)
@in_json
def follow_ups_clip(request: TeamRequest, interview_id: uuid.UUID, place: int, clip_id: uuid.UUID) -> HttpResponse:
    """How far it is."""
    return _state(request, _clip(request, interview_id, place, clip_id))


@require_POST
@member_required(*WATCHERS)
@in_json
def follow_ups_finish(request: TeamRequest, interview_id: uuid.UUID, place: int, clip_id: uuid.UUID) -> HttpResponse:
    """The device says how many bytes the whole has."""
    clip = _clip(request, interview_id, place, clip_id)
    finish_clip(actor=request.actor, clip=clip, size=read_json(request, FinishClipForm)["bytes"])
    return _state(request, _clip(request, interview_id, place, clip_id))


@require_POST
@member_required(*WATCHERS)
@in_json
def follow_ups_choose(request: TeamRequest, interview_id: uuid.UUID, place: int, clip_id: uuid.UUID) -> HttpResponse:
    """Back to the form with it. Nothing is asked before the form is sent."""
    clip = _clip(request, interview_id, place, clip_id)
    require_whole(clip)
    request.session[picked_key(interview_id, place)] = str(clip.id)
    return _state(request, clip)


def _clip(request: TeamRequest, interview_id: uuid.UUID, place: int, clip_id: uuid.UUID) -> Clip:
    """Only the member's own."""
    interview, question = to_ask(request, interview_id, place)
    return get_object_or_404(prompt_clips(interview, question, request.actor.id), id=clip_id)


def _state(request: TeamRequest, clip: Clip) -> HttpResponse:
    return JsonResponse(state_json(clip, _viewer(request)))


def _viewer(request: TeamRequest) -> Viewer:
    return Viewer("member", request.actor.id)
