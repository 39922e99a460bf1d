"""Keeping pinned notes: JSON for the rating room's script, and a plain form for browsers without scripts."""

import json
import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.review.actions.pinned_notes import Pin, Quote, pin_note, unpin_note
from bothways.review.actions.scorecards import require_rater
from bothways.review.models import PinnedNote
from bothways.review.queries.identity import with_shown_name
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.pins import PinForm
from bothways.web.team.pins import pin_facts
from bothways.web.team.playing import WATCHERS
from bothways.web.team.views.review_saving import answers_json, malformed


@require_POST
@answers_json
@member_required(*WATCHERS)
def review_pin(request: TeamRequest, interview_id: uuid.UUID) -> JsonResponse:
    """Keep one pinned note as it stands on the page, or as removed."""
    interview = get_object_or_404(Interview, id=interview_id, organization=request.organization, is_preview=False)
    require_rater(request.actor, interview)
    try:
        sent = json.loads(request.body)
        note = _keep(request, interview, sent)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return malformed()
    return JsonResponse(pin_facts(note) if note else {"removed": True, "revision": 0})


@require_POST
@member_required(*WATCHERS)
def review_pin_form(request: TeamRequest, interview_id: uuid.UUID, place: int) -> HttpResponse:
    """The same without scripts. What cannot be kept is shown again with the reason."""
    own = Interview.objects.filter(organization=request.organization, is_preview=False)
    interview = get_object_or_404(with_shown_name(own, request.actor.id), id=interview_id)
    require_rater(request.actor, interview)
    question = get_object_or_404(Question, kit_version=interview.kit_version_id, place=place)
    question_url = reverse("team:review-question", args=[request.organization.slug, interview.id, place])
    form = PinForm(request.POST)
    if form.is_valid():
        which = {
            "actor": request.actor,
            "interview": interview,
            "question_id": question.id,
            "client_key": form.cleaned_data["key"],
            "revision": form.cleaned_data["revision"],
        }
        try:
            if form.is_removal:
                unpin_note(**which)
            else:
                pin_note(**which, pin=form.pin(_standing(request, interview, form.cleaned_data["key"])))
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            return redirect(f"{question_url}#pinned-title")
    page = {"form": form, "interview": interview, "who": interview.shown_name, "question_url": question_url}
    return render(request, "team/review/pin_again.html", {**page, "question": question}, status=422)


def _keep(request: TeamRequest, interview: Interview, sent: dict[str, Any]) -> PinnedNote | None:
    which = {
        "actor": request.actor,
        "interview": interview,
        "question_id": uuid.UUID(sent["question"]),
        "client_key": uuid.UUID(sent["key"]),
        "revision": _whole(sent["revision"]),
    }
    if sent["removed"]:
        return unpin_note(**which)
    end, quote = sent["end_ms"], sent["quote"]
    pin = Pin(
        start_ms=_whole(sent["start_ms"]),
        end_ms=None if end is None else _whole(end),
        text=_words(sent["text"]),
        quote=quote and Quote(_words(quote["text"]), _whole(quote["start_ms"]), _whole(quote["end_ms"])),
    )
    return pin_note(**which, pin=pin)


def _standing(request: TeamRequest, interview: Interview, key: uuid.UUID) -> PinnedNote | None:
    notes = PinnedNote.objects.filter(scorecard__interview=interview, scorecard__member=request.actor.id)
    return notes.filter(client_key=key).first()


def _whole(number: Any) -> int:
    if type(number) is not int:
        raise TypeError(number)
    return number


def _words(words: Any) -> str:
    """Text that every database can keep."""
    if not isinstance(words, str) or "\x00" in words:
        raise TypeError(words)
    words.encode()
    return words
