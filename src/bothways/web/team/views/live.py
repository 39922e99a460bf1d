"""The live interviews one hosts, or, for those who recruit, all of them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.interviews.policies import may_see_people
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.live.actions.held import talk_was_held
from bothways.live.actions.missed import say_missed
from bothways.live.actions.slots import cancel_for_candidate, move_for_candidate
from bothways.live.models import NOT_MET, Slot, SlotState
from bothways.live.policies import may_change_slot
from bothways.live.queries.busy import unread_calendars
from bothways.live.queries.missed import waiting_interviews
from bothways.live.queries.slots import agenda, slot_to_change
from bothways.web.free_times import picked_time, times_for
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.live import MissedForm, WordsForm
from bothways.web.team.navigation import RATERS
from bothways.web.team.views.positions import READERS


@require_safe
@member_required()
def live_list(request: TeamRequest) -> HttpResponse:
    found = agenda(request.organization, request.actor)
    page = {
        "agenda": found,
        "waiting": waiting_interviews(found.today),
        "ways_to_miss": [(SlotState.MISSED, _("They did not come")), (SlotState.LET_DOWN, _("We did not come"))],
        "may_host": request.actor.role in RATERS,
        "may_see_people": request.actor.role in READERS,
    }
    return render(request, "team/live/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*RATERS)
def live_move(request: TeamRequest, slot_id: uuid.UUID) -> HttpResponse:
    """Another time, with words for the candidate."""
    slot = _slot(request, slot_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST":
        starts_at = picked_time(request.POST.get("starts_at", ""))
        if starts_at is None:
            form.add_error(None, _("Pick one of the times."))
        elif form.is_valid():
            try:
                move_for_candidate(actor=request.actor, slot=slot, starts_at=starts_at, **form.cleaned_data)
            except NotAllowed:
                raise
            except Refused as refused:
                form.add_error(None, refused.words)
            else:
                messages.success(request, _("Moved. The candidate and the hosts get a mail with the new time."))
                return redirect(_back(request, slot))
    times = times_for(slot.interview, apart_from=slot)
    page = {"slot": slot, "form": form, "times": times, "back": _back(request, slot)}
    page |= {"unread": unread_calendars(times.hosts)}
    return render(request, "team/live/move.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*RATERS)
def live_cancel(request: TeamRequest, slot_id: uuid.UUID) -> HttpResponse:
    """Give the time back, with words for the candidate, who picks another one."""
    slot = _slot(request, slot_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_for_candidate(actor=request.actor, slot=slot, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("Cancelled. The candidate gets a mail and can pick another time."))
            return redirect(_back(request, slot))
    page = {"slot": slot, "form": form, "back": _back(request, slot)}
    return render(request, "team/live/cancel.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*RATERS)
def live_missed(request: TeamRequest, slot_id: uuid.UUID) -> HttpResponse:
    """Who did not come, by `?how=`, with what the candidate reads about it."""
    slot = _slot(request, slot_id)
    how = request.GET.get("how", "")
    if how not in NOT_MET:
        return redirect(_back(request, slot))
    form = MissedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            say_missed(actor=request.actor, slot=slot, how=SlotState(how), **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("Written down. The candidate has a mail, and can pick another time."))
            return redirect(_back(request, slot))
    page = {"slot": slot, "form": form, "how": how, "back": _back(request, slot)}
    return render(request, "team/live/missed.html", page, status=422 if form.errors else 200)


@require_POST
@member_required(*RATERS)
def live_held(request: TeamRequest, slot_id: uuid.UUID) -> HttpResponse:
    """It took place, on the telephone, on site, or here without anybody ending it."""
    try:
        talk_was_held(actor=request.actor, slot=_slot(request, slot_id))
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("The talk counts as held. It can be rated now, and the reply is promised."))
    return redirect("team:live-list", organization=request.organization.slug)


def _back(request: TeamRequest, slot: Slot) -> str:
    """To the page about the person, for who came from there and may read it; else to the list."""
    organization, interview = request.organization.slug, slot.interview
    if request.GET.get("from") == "person" and may_see_people(request.actor, interview.position):
        return reverse("team:people-detail", args=[organization, interview.position_id, interview.id])
    return reverse("team:live-list", args=[organization])


def _slot(request: TeamRequest, slot_id: uuid.UUID) -> Slot:
    slot = get_object_or_404(slot_to_change(request.organization), id=slot_id)
    require(
        may_change_slot(request.actor, slot), _("This talk is other people’s: only its hosts and recruiters change it.")
    )
    return slot
