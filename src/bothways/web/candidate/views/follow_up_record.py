"""Answering a follow-up by voice or on video: the page with the recorder, and the calls that it makes."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.conversations.actions.clips import finish_clip, open_answer_clip
from bothways.conversations.actions.follow_up_answers import answer_follow_up_on_recording
from bothways.conversations.models import Clip
from bothways.conversations.queries.clips import follow_up_clips, unsent_of
from bothways.conversations.queries.follow_ups import follow_up_limit_s, tries_left
from bothways.interviews.queries.limits import NOTICE_S
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.clip_recording import clip_answer, clip_recording
from bothways.web.candidate.follow_ups import found_follow_up, shown_recordings
from bothways.web.clips import FinishClipForm, OpenClipForm, opened_json
from bothways.web.json_bodies import read_json


@require_safe
@candidate_page()
def follow_up_record(request: CandidateRequest, follow_up_id: uuid.UUID) -> HttpResponse:
    """The consent given before the first answer covers this one, too."""
    asked = found_follow_up(request, follow_up_id)
    here = reverse("candidate:follow-up", args=[request.token, asked.follow_up.id])
    if not asked.is_open:
        return redirect(here)
    page = clip_recording(
        request,
        place=f"follow-up:{asked.follow_up.id}",
        calls=reverse("candidate:follow-up-clips", args=[request.token, asked.follow_up.id]),
        home=here,
        unsent=unsent_of(follow_up_clips(asked.follow_up)),
        send=_("Send this answer"),
        limit_s=follow_up_limit_s(asked.follow_up),
        notice_s=NOTICE_S,
        takes_left=tries_left(asked.follow_up),
    )
    prompt, _answer = shown_recordings(request, asked.follow_up)
    page |= {"follow_up": asked.follow_up, "prompt": prompt, "deadline_words": asked.words}
    return render(request, "candidate/follow_up/record.html", page)


@require_POST
@candidate_page(json=True)
def follow_up_clips_open(request: CandidateRequest, follow_up_id: uuid.UUID) -> HttpResponse:
    """201 with the clip and the way in for its bytes; the same key again gives the same one with a new token."""
    asked = found_follow_up(request, follow_up_id).follow_up
    opened = open_answer_clip(follow_up=asked, actor=request.actor, **read_json(request, OpenClipForm))
    url = reverse("candidate:follow-up-clip", args=[request.token, asked.id, opened.clip.id])
    return JsonResponse({**opened_json(opened, url), "takes_left": tries_left(asked)}, status=201)


@require_safe
@candidate_page(json=True)
def follow_up_clip(request: CandidateRequest, follow_up_id: uuid.UUID, clip_id: uuid.UUID) -> HttpResponse:
    """How far it is."""
    return clip_answer(request, _clip(request, follow_up_id, clip_id))


@require_POST
@candidate_page(json=True)
def follow_up_clip_finish(request: CandidateRequest, follow_up_id: uuid.UUID, clip_id: uuid.UUID) -> HttpResponse:
    """The device says how many bytes the whole has."""
    if clip := _clip(request, follow_up_id, clip_id):
        finish_clip(actor=request.actor, clip=clip, size=read_json(request, FinishClipForm)["bytes"])
    return clip_answer(request, _clip(request, follow_up_id, clip_id))


@require_POST
@candidate_page(json=True)
def follow_up_clip_choose(request: CandidateRequest, follow_up_id: uuid.UUID, clip_id: uuid.UUID) -> HttpResponse:
    """Send it."""
    if clip := _clip(request, follow_up_id, clip_id):
        answered = answer_follow_up_on_recording(clip=clip, actor=request.actor)
        told = _("Thank you. Your answer is with %(name)s.")
        messages.success(request, told % {"name": answered.asked_by.user.name})
    return clip_answer(request, _clip(request, follow_up_id, clip_id))


def _clip(request: CandidateRequest, follow_up_id: uuid.UUID, clip_id: uuid.UUID) -> Clip | None:
    asked = found_follow_up(request, follow_up_id).follow_up
    clip = follow_up_clips(asked).filter(id=clip_id).first()
    if clip is not None:
        clip.follow_up = asked
    return clip
