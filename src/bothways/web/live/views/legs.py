"""The calls by which a page sends up its own side of a talk. Refusals are objects with a code and words."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.legs import finish_leg, open_leg, place_leg
from bothways.live.models import Leg, Participant
from bothways.live.queries.legs import own_leg
from bothways.web.json_bodies import read_json
from bothways.web.live.access import seat_access
from bothways.web.live.forms.legs import FinishLegForm, OpenLegForm, PlaceLegForm

View = Callable[..., HttpResponse]


def _call(view: View) -> View:
    """Let in whoever sits in the room, and say every refusal in words."""

    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest, room_id: uuid.UUID, **arguments: Any) -> HttpResponse:
        try:
            return view(request, seat_access(request, room_id).participant, **arguments)
        except Refused as refused:
            status = 403 if isinstance(refused, NotAllowed) else 400 if refused.code == "bad_request" else 409
            return JsonResponse({"error": {"code": refused.code, "words": refused.words}}, status=status)

    return guarded


@_call
def legs(request: HttpRequest, participant: Participant) -> HttpResponse:
    """201 with the leg and the way in for its bytes; the same key again gives the same one with a new token."""
    asked = read_json(request, OpenLegForm)
    opened = open_leg(participant=participant, period_id=asked.pop("period"), **asked)
    told = {
        "leg": str(opened.leg.id),
        "leg_url": reverse("live:leg", args=[participant.room_id, opened.leg.id]),
        "upload": {"url": f"/u/{opened.upload_id}", "token": opened.token},
        "max_bytes": opened.max_bytes,
    }
    return JsonResponse(told, status=201)


@_call
def leg(request: HttpRequest, participant: Participant, leg_id: uuid.UUID) -> HttpResponse:
    """When it began, by the server's clock."""
    found = _own(participant, leg_id)
    asked = read_json(request, PlaceLegForm)
    started_at = dt.datetime.fromtimestamp(asked.pop("started_ms") / 1000, dt.UTC)
    return _state(place_leg(leg=found, started_at=started_at, **asked))


@_call
def leg_finish(request: HttpRequest, participant: Participant, leg_id: uuid.UUID) -> HttpResponse:
    """The page says how many bytes the whole has."""
    found = _own(participant, leg_id)
    asked = read_json(request, FinishLegForm)
    return _state(finish_leg(leg=found, size=asked["bytes"], duration_ms=asked["duration_ms"]))


def _own(participant: Participant, leg_id: uuid.UUID) -> Leg:
    found = own_leg(participant, leg_id)
    if found is None:
        raise NotAllowed("not_here", _("This recording is not on our server any more."))
    return found


def _state(leg: Leg) -> HttpResponse:
    return JsonResponse({"leg": str(leg.id), "state": leg.recording.state, "is_finished": leg.finished_at is not None})
