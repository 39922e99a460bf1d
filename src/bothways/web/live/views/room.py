"""The room of a live interview, for those who host it."""

import uuid

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.accounts.actors import Actor, member_actor
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.live.actions.rooms import say_held
from bothways.live.models import Room
from bothways.live.policies import may_host
from bothways.live.queries.hours import require_open
from bothways.web.live.access import member_in, room_with_all
from bothways.web.live.guide import beside
from bothways.web.room_page import closed_page, room_page


@require_POST
def room_held(request: HttpRequest, room_id: uuid.UUID) -> HttpResponseBase:
    """A talk on the telephone or on site was held."""
    found, actor = _host_in(request, room_id)
    say_held(room=found, actor=actor)
    messages.success(request, _("The talk counts as held. Whoever rates in this step is asked to."))
    return redirect(_home(found))


@require_safe
def room(request: HttpRequest, room_id: uuid.UUID) -> HttpResponseBase:
    """For members of the organization; nobody else learns that there is such a room."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found, actor = _host_in(request, room_id)
    home = _home(found)
    try:
        slot = require_open(found)
    except Refused as refused:
        return closed_page(request, room=found, refused=refused, back_url=home, is_host=True)
    return room_page(request, room=found, slot=slot, actor=actor, leave_url=home, beside=beside(actor, found.interview))


def _host_in(request: HttpRequest, room_id: uuid.UUID) -> tuple[Room, Actor]:
    """The room, and the member who may host it.

    Raises:
        Http404: there is no such room in an organization of theirs.
        NotAllowed: others host it.
    """
    try:
        found = room_with_all(room_id)
    except NotAllowed:
        raise Http404 from None
    member = member_in(found, request.user)
    if member is None:
        raise Http404
    actor = member_actor(member)
    request.organization, request.actor = member.organization, actor  # type: ignore[attr-defined]
    require(may_host(actor, found.interview), _("This talk is held by others. Whoever hosts it can ask you in."))
    return found, actor


def _home(room: Room) -> str:
    return reverse("team:home", args=[room.organization.slug])
