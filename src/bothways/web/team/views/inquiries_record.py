"""Answering a candidate by voice or on video: the page with the recorder, and the calls that it makes."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.conversations.actions.clips import finish_clip, open_reply_clip
from bothways.conversations.actions.replies import answer_on_recording
from bothways.conversations.models import Clip, Inquiry
from bothways.conversations.queries.clips import reply_clips, unsent_replies
from bothways.notify.queries.sending import sending_words
from bothways.web.clips import FinishClipForm, OpenClipForm, Viewer, opened_json, state_json
from bothways.web.json_bodies import read_json
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.clip_recording import clip_recording
from bothways.web.team.inquiry_page import inquiry_page
from bothways.web.team.views.inquiries import found
from bothways.web.team.views.positions import MAKERS
from bothways.web.team.views.prompts import in_json


@require_safe
@member_required(*MAKERS)
def inquiries_record(request: TeamRequest, inquiry_id: uuid.UUID) -> HttpResponse:
    inquiry = found(request, inquiry_id)
    page = inquiry_page(request, inquiry)
    slug = request.organization.slug
    home = reverse("team:inquiries-detail", args=[slug, inquiry.id])
    if not page["may_answer"]:
        return redirect(home)
    calls = reverse("team:inquiries-clips", args=[slug, inquiry.id])
    unsent = unsent_replies(inquiry, request.actor.id)
    page |= clip_recording(request, calls=calls, home=home, unsent=unsent, use=_("Send this answer"))
    return render(request, "team/inquiries/record.html", page)


@require_POST
@member_required(*MAKERS)
@in_json
def inquiries_clips(request: TeamRequest, inquiry_id: uuid.UUID) -> HttpResponse:
    """Make room for an answer; the same key again gives the same one with a new token."""
    inquiry = found(request, inquiry_id)
    opened = open_reply_clip(actor=request.actor, inquiry=inquiry, **read_json(request, OpenClipForm))
    url = reverse("team:inquiries-clip", args=[request.organization.slug, inquiry.id, opened.clip.id])
    return JsonResponse(opened_json(opened, url), status=201)


@require_safe
@member_required(*MAKERS)
@in_json
def inquiries_clip(request: TeamRequest, inquiry_id: uuid.UUID, clip_id: uuid.UUID) -> HttpResponse:
    """How far it is."""
    return _state(request, inquiry_id, clip_id)


@require_POST
@member_required(*MAKERS)
@in_json
def inquiries_finish(request: TeamRequest, inquiry_id: uuid.UUID, clip_id: uuid.UUID) -> HttpResponse:
    """The device says how many bytes the whole has."""
    clip = _clip(request, found(request, inquiry_id), clip_id)
    finish_clip(actor=request.actor, clip=clip, size=read_json(request, FinishClipForm)["bytes"])
    return _state(request, inquiry_id, clip_id)


@require_POST
@member_required(*MAKERS)
@in_json
def inquiries_choose(request: TeamRequest, inquiry_id: uuid.UUID, clip_id: uuid.UUID) -> HttpResponse:
    """Send it."""
    answer_on_recording(actor=request.actor, clip=_clip(request, found(request, inquiry_id), clip_id))
    messages.success(request, f"{_('Your answer is on the candidate’s page.')} {sending_words()}")
    return _state(request, inquiry_id, clip_id)


def _clip(request: TeamRequest, inquiry: Inquiry, clip_id: uuid.UUID) -> Clip:
    """Only the member's own: another one's try is theirs until they send it."""
    return get_object_or_404(reply_clips(inquiry, request.actor.id), id=clip_id)


def _state(request: TeamRequest, inquiry_id: uuid.UUID, clip_id: uuid.UUID) -> HttpResponse:
    clip = _clip(request, found(request, inquiry_id), clip_id)
    return JsonResponse(state_json(clip, _viewer(request)))


def _viewer(request: TeamRequest) -> Viewer:
    return Viewer("member", request.actor.id)
