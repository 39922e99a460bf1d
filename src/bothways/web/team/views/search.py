"""Searching in what candidates said: over a position, or in one interview."""

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from bothways.interviews.models import Interview
from bothways.interviews.queries.people import Cursor
from bothways.lib.search_words import asked_terms
from bothways.positions.models import Position
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.search import search, searchable_positions, watchable
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.playing import WATCHERS
from bothways.web.team.search import searched


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search: a position, and one interview of it if asked for."""

    positions: list[Position]
    position: Position | None
    interview: Interview | None


@require_safe
@member_required(*WATCHERS)
def search_answers(request: TeamRequest) -> HttpResponse:
    """The form, and what was found: by candidate and question, each place with the link that plays it."""
    scope = _scope(request)
    text = searched(request)
    terms = asked_terms(text)
    found = None
    if terms and scope.position:
        found = search(
            request.actor,
            scope.position.id,
            terms,
            interview_id=scope.interview.id if scope.interview else None,
            after=Cursor.read(request.GET.get("after", "")),
        )
    query = {"q": text, "position": scope.position.id if scope.position else ""}
    if scope.interview:
        query["interview"] = scope.interview.id
    page = {
        "scope": scope,
        "text": text,
        "terms": terms,
        "found": found,
        "is_first": "after" not in request.GET,
        "next_query": urlencode({**query, "after": str(found.next)}) if found and found.next else "",
        "wider_query": urlencode({"q": text, "position": query["position"]}),
    }
    return render(request, "team/search/search.html", page)


def _scope(request: TeamRequest) -> Scope:
    positions = searchable_positions(request.actor)
    interview = None
    if "interview" in request.GET:
        interview = _interview(request, request.GET["interview"])
    wanted = str(interview.position_id) if interview else request.GET.get("position", "")
    position = next((one for one in positions if str(one.id) == wanted), None)
    return Scope(positions, position or (positions[0] if positions else None), interview)


def _interview(request: TeamRequest, text: str) -> Interview:
    try:
        interview_id = uuid.UUID(text)
    except ValueError:
        raise Http404 from None
    interview = with_shown_name(watchable(request.actor), request.actor.id).filter(id=interview_id).first()
    if interview is None:
        raise Http404
    return interview
