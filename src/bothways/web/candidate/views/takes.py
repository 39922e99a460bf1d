"""Takes, as the recorder asks for them. Every answer is JSON, every request may come twice."""

import uuid

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.interviews.actions.faults import note_fault
from bothways.interviews.actions.segments import open_segment
from bothways.interviews.actions.takes import choose_take, finish_take, open_take, start_thinking
from bothways.interviews.models import Interview, Take
from bothways.interviews.queries.limits import takes_left
from bothways.interviews.queries.takes import take_of, take_state
from bothways.interviews.queries.window import accepts_new_takes
from bothways.kits.models import MOST_QUESTIONS, Question
from bothways.web.candidate.access import CandidateRequest, candidate_page, json_error
from bothways.web.candidate.forms.takes import FaultForm, FinishTakeForm, OpenSegmentForm, OpenTakeForm
from bothways.web.candidate.words import made_up_words
from bothways.web.json_bodies import read_json


@require_POST
@candidate_page(json=True)
def open_one(request: CandidateRequest, place: int) -> HttpResponse:
    """201 with the take and the way in for its bytes; 409 with words when none can be opened."""
    token = request.token
    question = _question(request, place)
    if question is None:
        return _not_here()
    opened = open_take(
        interview=request.interview, question=question, actor=request.actor, **read_json(request, OpenTakeForm)
    )
    take_url = reverse("candidate:take", args=[token, place, opened.take.id])
    return JsonResponse(
        {
            "take": str(opened.take.id),
            "number": opened.take.number,
            "takes_left": opened.takes_left,
            "upload": {"url": f"/u/{opened.upload_id}", "token": opened.token},
            "take_url": take_url,
            "max_bytes": opened.max_bytes,
        },
        status=201,
    )


@require_safe
@candidate_page(json=True)
def state(request: CandidateRequest, place: int, take_id: uuid.UUID) -> HttpResponse:
    return _state(request, place, take_id)


@require_POST
@candidate_page(json=True)
def open_next(request: CandidateRequest, place: int, take_id: uuid.UUID) -> HttpResponse:
    """201 with the way in for one more segment, or a fresh token for one that is there; 409 with words."""
    take = _take(request, place, take_id)
    if take is None:
        return _not_here()
    sent = read_json(request, OpenSegmentForm)
    opened = open_segment(
        take=take, number=sent["number"], mime=sent["mime"], client_key=sent["key"], actor=request.actor
    )
    upload = {"url": f"/u/{opened.upload_id}", "token": opened.token}
    return JsonResponse({"number": opened.number, "upload": upload, "max_bytes": opened.max_bytes}, status=201)


@require_POST
@candidate_page(json=True)
def finish(request: CandidateRequest, place: int, take_id: uuid.UUID) -> HttpResponse:
    """The device has recorded all of it and says how much that is."""
    take = _take(request, place, take_id)
    if take is None:
        return _not_here()
    sent = read_json(request, FinishTakeForm)
    finish_take(take=take, segments=sent["segments"], duration_ms=sent["duration_ms"], actor=request.actor)
    return _state(request, place, take_id)


@require_POST
@candidate_page(json=True)
def fault(request: CandidateRequest, place: int, take_id: uuid.UUID) -> HttpResponse:
    """The device noticed that something technical went wrong. The take is free from then on."""
    take = _take(request, place, take_id)
    if take is None:
        return _not_here()
    browser = request.headers.get("User-Agent", "")
    moved = note_fault(take=take, browser=browser, actor=request.actor, **read_json(request, FaultForm))
    interview = moved or request.interview
    left = _left(interview, take)
    return JsonResponse({"takes_left": left, "words": made_up_words(moved) if moved else None})


@require_POST
@candidate_page(json=True)
def choose(request: CandidateRequest, place: int, take_id: uuid.UUID) -> HttpResponse:
    take = _take(request, place, take_id)
    if take is None:
        return _not_here()
    choose_take(take=take, actor=request.actor)
    return _state(request, place, take_id)


@require_POST
@candidate_page(json=True)
def thinking(request: CandidateRequest, place: int) -> HttpResponse:
    """The limited think time begins. Advice for the page: nothing is refused over it."""
    question = _question(request, place)
    if question is None:
        return _not_here()
    answer = start_thinking(interview=request.interview, question=question, actor=request.actor)
    return JsonResponse({"thinking_since": answer.thinking_since})


def _question(request: CandidateRequest, place: int) -> Question | None:
    if not 1 <= place <= MOST_QUESTIONS:
        return None
    return Question.objects.filter(kit_version=request.interview.kit_version_id, place=place).first()


def _take(request: CandidateRequest, place: int, take_id: uuid.UUID) -> Take | None:
    question = _question(request, place)
    return take_of(request.interview, question, take_id) if question else None


def _state(request: CandidateRequest, place: int, take_id: uuid.UUID) -> JsonResponse:
    take = _take(request, place, take_id)
    if take is None:
        return _not_here()
    told = take_state(take, take.answer.chosen_take_id, request.interview.id).as_json()
    return JsonResponse({**told, "takes_left": _left(request.interview, take)})


def _left(interview: Interview, take: Take) -> int:
    takes = take.answer.takes.select_related("recording")
    return takes_left(take.answer.question, takes) if accepts_new_takes(interview) else 0


def _not_here() -> JsonResponse:
    words = _("This recording is not on our server any more. Your other answers are safe. Reload the page.")
    return json_error("not_here", words, 404)
