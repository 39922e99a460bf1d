"""The time of a live interview: picking one, and what can be done with it afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bothways.interviews.actions.progress import mark_opened
from bothways.interviews.actions.settings import note_time_zone
from bothways.interviews.models import InterviewKind, InterviewState
from bothways.interviews.queries.candidate_page import candidate_page as page_of
from bothways.interviews.queries.requests import requests_of
from bothways.interviews.queries.window import is_over
from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.instead import record_instead, talk_instead
from bothways.live.actions.missed import pick_again
from bothways.live.actions.slots import book, cancel, hold, move
from bothways.live.models import NOT_MET, Place, Slot, SlotState
from bothways.live.queries.instead import offers_recording_instead
from bothways.live.queries.missed import last_given_back, offered_again
from bothways.live.queries.slots import MOST_MOVES, may_still_move, slot_of
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.forms.time import CancelForm, PhoneForm, ZoneForm
from bothways.web.candidate.inquiries import shown_inquiries
from bothways.web.free_times import picked_time, times_for


def live_landing(request: CandidateRequest) -> HttpResponse:
    """The front of the link of a live interview: the booked time, or picking one, or that it is too late."""
    interview = request.interview
    slot = slot_of(interview)
    context = {
        "page": page_of(interview),
        "requests": requests_of(interview),
        "inquiries": shown_inquiries(request),
    }
    if slot is not None and slot.state == SlotState.BOOKED:
        return _booked(request, slot, context)
    if is_over(interview):
        return render(request, "candidate/time/over.html", context)
    if request.method == "GET":
        mark_opened(interview=interview, actor=request.actor)
    context |= {"zone_form": _zone_form(request), "may_record": offers_recording_instead(interview), "held": slot}
    context |= {"given_back": last_given_back(interview), "times": times_for(interview)}
    return render(request, "candidate/time/pick.html", context)


def _booked(request: CandidateRequest, slot: Slot, context: dict[str, object]) -> HttpResponse:
    context |= {"slot": slot, "may_move": may_still_move(slot), "moves_left": MOST_MOVES - slot.moved}
    context |= {"again": offered_again(slot)}
    return render(request, "candidate/time/booked.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def time(request: CandidateRequest) -> HttpResponse:
    """A press on a time holds it and asks for a yes. Who has booked picks another one here."""
    if request.interview.kind != InterviewKind.LIVE or request.interview.state == InterviewState.SUBMITTED:
        return redirect("candidate:landing", token=request.token)
    slot = slot_of(request.interview)
    is_booked = slot is not None and slot.state == SlotState.BOOKED
    if request.method == "POST":
        return _pick(request, is_booked)
    if slot is None or not is_booked or not may_still_move(slot):
        return redirect("candidate:landing", token=request.token)
    page = {"slot": slot, "zone_form": _zone_form(request), "times": times_for(request.interview, apart_from=slot)}
    return render(request, "candidate/time/move.html", page | {"moves_left": MOST_MOVES - slot.moved})


def _pick(request: CandidateRequest, is_booked: bool) -> HttpResponse:
    starts_at = picked_time(request.POST.get("starts_at", ""))
    if starts_at is None:
        messages.warning(request, _("Pick one of the times."))
        return redirect("candidate:landing", token=request.token)
    change = move if is_booked else hold
    try:
        change(actor=request.actor, interview=request.interview, starts_at=starts_at)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
        return redirect("candidate:time" if is_booked else "candidate:landing", token=request.token)
    if is_booked:
        messages.success(request, _("Your talk is moved. Everybody has a mail about it."))
    return redirect("candidate:landing" if is_booked else "candidate:time-confirm", token=request.token)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def time_confirm(request: CandidateRequest) -> HttpResponse:
    """The time that is held, with all it means; yes books it."""
    slot = slot_of(request.interview)
    asks_number = slot is not None and slot.place == Place.PHONE
    form = PhoneForm(request.POST or None) if asks_number else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _book(request)
    if slot is None:
        words = _("Ten minutes have passed, so others can take that time again. Pick it once more.")
        messages.warning(request, words)
    if slot is None or slot.state == SlotState.BOOKED:
        return redirect("candidate:landing", token=request.token)
    page = {"slot": slot, "form": form, "page": page_of(request.interview)}
    return render(request, "candidate/time/confirm.html", page, status=422 if form and form.errors else 200)


def _book(request: CandidateRequest) -> HttpResponse:
    starts_at = picked_time(request.POST.get("starts_at", ""))
    if starts_at is None:
        messages.warning(request, _("Pick one of the times."))
        return redirect("candidate:landing", token=request.token)
    number = request.POST.get("phone", "")
    try:
        book(actor=request.actor, interview=request.interview, starts_at=starts_at, phone=number)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("Your talk is booked. The mail with all of it is on its way."))
    return redirect("candidate:landing", token=request.token)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def time_cancel(request: CandidateRequest) -> HttpResponse:
    """Give the booked time back."""
    slot = slot_of(request.interview)
    if slot is None or slot.state != SlotState.BOOKED:
        return redirect("candidate:landing", token=request.token)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel(actor=request.actor, interview=request.interview, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            messages.error(request, refused.words)
        else:
            messages.success(request, _("Your talk is cancelled. You can pick another time."))
        return redirect("candidate:landing", token=request.token)
    return render(request, "candidate/time/cancel.html", {"slot": slot, "form": form})


@require_POST
@candidate_page()
def time_again(request: CandidateRequest) -> HttpResponse:
    """The talk did not take place: on to another time, at once."""
    said = request.POST.get("how", "")
    try:
        pick_again(actor=request.actor, interview=request.interview, how=SlotState(said) if said in NOT_MET else None)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    return redirect("candidate:landing", token=request.token)


@require_POST
@candidate_page()
def time_zone(request: CandidateRequest) -> HttpResponse:
    """In which zone the times are said: as the device told, or as somebody picked."""
    form = ZoneForm(request.POST)
    if form.is_valid():
        note_time_zone(interview=request.interview, time_zone=form.cleaned_data["time_zone"], actor=request.actor)
    slot = slot_of(request.interview)
    is_moving = slot is not None and slot.state == SlotState.BOOKED
    return redirect("candidate:time" if is_moving else "candidate:landing", token=request.token)


@require_POST
@candidate_page()
def time_instead(request: CandidateRequest) -> HttpResponse:
    """Talk instead of recording, or record after all."""
    choose = talk_instead if request.POST.get("way") == "live" else record_instead
    try:
        choose(actor=request.actor, interview=request.interview)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    return redirect("candidate:landing", token=request.token)


def _zone_form(request: CandidateRequest) -> ZoneForm:
    return ZoneForm(initial={"time_zone": request.zone}, auto_id="zone_%s")
