"""The room of a live interview, for the candidate."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from bothways.interviews.models import InterviewKind
from bothways.lib.errors import Refused
from bothways.live.actions.rooms import make_room
from bothways.live.queries.hours import require_open
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.room_page import closed_page, room_page
from bothways.web.room_tickets import make_ticket


@require_safe
@candidate_page()
def room(request: CandidateRequest) -> HttpResponse:
    interview = request.interview
    if interview.kind != InterviewKind.LIVE or interview.is_preview:
        return redirect("candidate:landing", token=request.token)
    found = make_room(interview=interview)
    back = reverse("candidate:landing", args=[request.token])
    ticket = make_ticket(interview=interview, token=request.token)
    try:
        slot = require_open(found)
    except Refused as refused:
        return closed_page(request, room=found, refused=refused, back_url=back, ticket=ticket)
    return room_page(request, room=found, slot=slot, actor=request.actor, ticket=ticket, leave_url=back)
