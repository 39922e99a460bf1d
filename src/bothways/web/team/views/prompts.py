"""Asking on video or by voice: the page to record it, and the calls that its scripts make."""

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.kits.actions.prompts import (
    LONGEST_PROMPT_S,
    MAX_BYTES,
    attach_prompt,
    detach_prompt,
    finish_prompt,
    open_prompt,
)
from bothways.kits.models import Prompt, PromptSlot
from bothways.kits.queries.prompts import chosen_recording_id, prompt_state, prompts_for
from bothways.kits.queries.subjects import PARTS, Subject, part_of, words_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.models import Recording, RecordingState
from bothways.media.queries.recordings import failure_words
from bothways.web.recorder_strings import recorder_strings
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.kit_parts import shown_prompt
from bothways.web.team.navigation import MAKERS
from bothways.web.team.playback import member_playback
from bothways.web.team.prompt_subjects import SIGN, find_subject, home_of, slot_of

NOTICE_S, GRACE_S = 30, 15


def in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a refusal as the scripts expect it: a code and words for the person."""

    @wraps(view)
    def answered(request: TeamRequest, **arguments: Any) -> HttpResponse:
        try:
            return view(request, **arguments)
        except Refused as refused:
            status = 403 if isinstance(refused, NotAllowed) else 409
            return JsonResponse({"error": {"code": refused.code, "words": refused.words}}, status=status)

    return answered


@require_safe
@member_required(*MAKERS)
def prompts_record(request: TeamRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """The page with the recorder, and the way to use a file instead."""
    subject = find_subject(request, kind, subject_id)
    home = home_of(request, subject)
    calls = reverse("team:prompts-open", args=[request.organization.slug, kind, subject.id])
    config = {
        "open_url": calls,
        "takes_url": calls,
        "next_url": home,
        "csrf_token": get_token(request),
        "answer_limit_s": LONGEST_PROMPT_S,
        "now_ms": round(timezone.now().timestamp() * 1000),
        "notice_s": NOTICE_S,
        "grace_s": GRACE_S,
        "think_limit_s": None,
        "think_left_s": None,
        "think_url": None,
        "takes_left": None,
        "takes": [],
        "max_bytes": MAX_BYTES,
    }
    if slot_of(kind) == PromptSlot.SIGN:
        config["settings"] = {"mode": "sign"}
    page = {
        "subject": subject,
        "kind": kind.removesuffix(SIGN),
        "is_sign": slot_of(kind) == PromptSlot.SIGN,
        "words": words_of(subject),
        "home": home,
        "config": config,
        "strings": {**recorder_strings(notice_s=NOTICE_S, grace_s=GRACE_S), **upload_strings()},
        "prompt": shown_prompt(part_of(subject, PARTS[slot_of(kind)]), request.actor.id),
        "most_mb": MAX_BYTES // (1024 * 1024),
        "longest_s": LONGEST_PROMPT_S,
    }
    return render(request, "team/prompts/record.html", page)


@require_POST
@member_required(*MAKERS)
@in_json
def prompts_open(request: TeamRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Make room for a prompt; the same key again gives the same one with a new token."""
    subject = find_subject(request, kind, subject_id)
    asked = body_of(request)
    try:
        client_key = uuid.UUID(str(asked.get("client_key")))
    except ValueError:
        raise Refused("bad_request", _("This request makes no sense to us. Load the page again.")) from None
    opened = open_prompt(
        actor=request.actor,
        subject=subject,
        client_key=client_key,
        kind=str(asked.get("kind")),
        mime=str(asked.get("mime")),
        slot=slot_of(kind),
    )
    answer = {
        "take": str(opened.prompt.id),
        "number": opened.number,
        "takes_left": None,
        "upload": {"url": f"/u/{opened.upload_id}", "token": opened.token},
        "take_url": _take_url(request, kind, subject, opened.prompt),
        "max_bytes": opened.max_bytes,
    }
    return JsonResponse(answer, status=201)


@require_safe
@member_required(*MAKERS)
@in_json
def prompts_take(request: TeamRequest, kind: str, subject_id: uuid.UUID, prompt_id: uuid.UUID) -> HttpResponse:
    """How far a prompt is."""
    subject = find_subject(request, kind, subject_id)
    return _state(request, subject, kind, prompt_id)


@require_POST
@member_required(*MAKERS)
@in_json
def prompts_finish(request: TeamRequest, kind: str, subject_id: uuid.UUID, prompt_id: uuid.UUID) -> HttpResponse:
    """The device says how many bytes the whole has."""
    subject = find_subject(request, kind, subject_id)
    size = body_of(request).get("bytes")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise Refused("bad_request", _("This request makes no sense to us. Load the page again."))
    finish_prompt(actor=request.actor, subject=subject, prompt=_prompt(subject, kind, prompt_id), size=size)
    return _state(request, subject, kind, prompt_id)


@require_POST
@member_required(*MAKERS)
@in_json
def prompts_choose(request: TeamRequest, kind: str, subject_id: uuid.UUID, prompt_id: uuid.UUID) -> HttpResponse:
    """Let this prompt ask."""
    subject = find_subject(request, kind, subject_id)
    subject = attach_prompt(actor=request.actor, subject=subject, prompt=_prompt(subject, kind, prompt_id))
    return _state(request, subject, kind, prompt_id)


@require_POST
@member_required(*MAKERS)
def prompts_remove(request: TeamRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Let nobody ask it on video or by voice, or nobody sign it."""
    subject = find_subject(request, kind, subject_id)
    detach_prompt(actor=request.actor, subject=subject, slot=slot_of(kind))
    messages.success(request, _("The recording is taken out. Versions that were published with it keep it."))
    return redirect(home_of(request, subject))


def _prompt(subject: Subject, kind: str, prompt_id: uuid.UUID) -> Prompt:
    return get_object_or_404(prompts_for(subject.id, slot_of(kind)), id=prompt_id)


def _take_url(request: TeamRequest, kind: str, subject: Subject, prompt: Prompt) -> str:
    return reverse("team:prompts-take", args=[request.organization.slug, kind, subject.id, prompt.id])


def _state(request: TeamRequest, subject: Subject, kind: str, prompt_id: uuid.UUID) -> JsonResponse:
    state = prompt_state(_prompt(subject, kind, prompt_id), chosen_recording_id(subject, slot_of(kind)))
    prompt = state.prompt
    facts = take_facts(request, prompt.recording, offset=state.offset, length=state.length)
    return JsonResponse({"take": str(prompt.id), "number": state.number, "chosen": state.is_chosen, **facts})


def take_facts(request: TeamRequest, recording: Recording, *, offset: int, length: int | None) -> dict[str, Any]:
    """What the recorder is told about what it has sent."""
    playback = member_playback(recording, request.actor.id)
    failed = recording.state == RecordingState.FAILED
    return {
        "state": recording.state,
        "offset": offset,
        "bytes": length,
        "duration_ms": recording.duration_ms,
        "playback": playback and {"url": playback.url, "mime": playback.mime, "poster": playback.poster},
        "failure": {"code": recording.failure_code, "words": str(failure_words(recording.failure_code))}
        if failed
        else None,
    }


def body_of(request: TeamRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused("bad_request", _("This request makes no sense to us. Load the page again."))
    return body


def upload_strings() -> dict[str, str]:
    return {
        "file_sending": _("{percent} percent is on the server."),
        "file_offline": _("The line is down. It goes on by itself when the line is back. Please leave this page open."),
        "file_preparing": _("All of it is on the server. It is being made ready to play."),
        "file_done": _("It can be played. You are taken back to the question."),
        "file_too_large": _("This file is too large. Choose a shorter one, or record it here."),
        "file_not_media": _("This is neither video nor audio. Choose another file, or record it here."),
        "file_failed": _("The file could not be sent. Nothing was changed. Try once more."),
    }
