"""What the page of a room knows before its socket is open, the same for hosts and candidates.

The script reads it from `bw-config`; `static/bothways/live/README.md` says what it makes of it.
"""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from bothways.accounts.actors import Actor
from bothways.interviews.queries.consent_words import recording_days
from bothways.lib.errors import Refused
from bothways.live.models import Room, Slot
from bothways.live.queries.consent_words import CONSENT_VERSION, consent_words
from bothways.live.queries.hours import booked_slot, opens_at
from bothways.live.queries.missed import IN_TIME, PATIENCE
from bothways.live.queries.talk import rules_of
from bothways.live.transports import transport
from bothways.media.actions.captions import can_caption
from bothways.web.room_strings import room_strings


def room_page(
    request: HttpRequest,
    *,
    room: Room,
    slot: Slot,
    actor: Actor,
    ticket: str = "",
    leave_url: str,
    beside: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page itself. `beside` is what only hosts get: guide, recorded answers and their own scorecard."""
    interview = room.interview
    rules = rules_of(interview.stage)
    socket_url = reverse("live:room", args=[room.id]) + "socket"
    config = {
        "room": str(room.id),
        "kind": "candidate" if ticket else "host",
        "socket_url": f"{socket_url}?ticket={ticket}" if ticket else socket_url,
        "ticket": ticket,
        "legs_url": reverse("live:room", args=[room.id]) + "legs",
        "leave_url": leave_url,
        "csrf_token": get_token(request),
        "you": {"name": actor.name},
        "candidate": {"name": interview.application.candidate.name},
        "hosts": [
            {"name": host.member.user.name, "title": host.member.title}
            for host in slot.hosts.select_related("member__user").order_by("created_at", "id")
        ],
        "position": interview.position.title,
        "stage": interview.stage.name,
        "starts_ms": _ms(slot.starts_at),
        "ends_ms": _ms(slot.ends_at),
        "late_after_ms": IN_TIME // dt.timedelta(milliseconds=1),
        "gone_after_ms": PATIENCE // dt.timedelta(milliseconds=1),
        "now_ms": _ms(timezone.now()),
        # For trying the line before coming in; the welcome brings the credentials that count.
        "ice": transport.join_info(room.id, slot.ends_at),
        "shows_questions": rules.shows_questions,
        # The address of what listens to the microphone, where captions can be had.
        "captions": static("bothways/live/microphone.js") if can_caption(interview.kit_version.language) else "",
        "consent": {"version": CONSENT_VERSION, "words": consent_words(recording_days(interview))},
        **(beside or {}),
    }
    page = {
        "config": config,
        "strings": room_strings(),
        "room": room,
        "slot": slot,
        "interview": interview,
        "is_host": not ticket,
    }
    return render(request, "live/room/page.html", page)


def closed_page(
    request: HttpRequest, *, room: Room, refused: Refused, back_url: str, ticket: str = "", is_host: bool = False
) -> HttpResponse:
    """The room is not open, and why; before its time, when it will be. Of a talk that is held elsewhere, hosts say here
    that it was. After the end what this device still has of the recording goes up."""
    slot = booked_slot(room.interview)
    page = {
        "room": room,
        "code": refused.code,
        "words": refused.words,
        "config": _sending(request, room, ticket) if refused.code == "ended" else None,
        "opens_at": opens_at(slot) if slot and refused.code == "early" else None,
        "can_be_held": is_host and refused.code == "elsewhere" and slot and slot.starts_at <= timezone.now(),
        "slot": slot if refused.code == "elsewhere" else None,
        "interview": room.interview,
        "back_url": back_url,
    }
    is_to_come = refused.code in ("early", "elsewhere")
    return render(request, "live/room/closed.html", page, status=200 if is_to_come else 410)


def _sending(request: HttpRequest, room: Room, ticket: str) -> dict[str, Any]:
    """What sending up a side needs (static/bothways/live/leg.js)."""
    return {
        "room": str(room.id),
        "ticket": ticket,
        "legs_url": reverse("live:legs", args=[room.id]),
        "csrf_token": get_token(request),
    }


def _ms(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)
