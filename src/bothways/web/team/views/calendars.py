"""A member's own calendars: those that say when they are busy, and the feed of their live interviews."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.accounts.models import Member
from bothways.accounts.queries.members import members
from bothways.lib.errors import Refused
from bothways.live.actions.busy_calendars import add_busy_calendar, read_again, remove_busy_calendar
from bothways.live.actions.calendar_feed import close_feed, make_feed
from bothways.live.calendar_files import saved_file
from bothways.live.models import BusyCalendar, SlotState
from bothways.live.queries.busy import calendars_of
from bothways.live.queries.calendar_entries import host_entry, slots_with_people
from bothways.live.queries.feeds import feed_address
from bothways.web.calendar_answers import calendar_download
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.calendar_words import trouble_words
from bothways.web.team.forms.calendars import CalendarForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required()
def calendars_list(request: TeamRequest) -> HttpResponse:
    """The own calendars with how old they are, a form to add one, and the own feed."""
    member = _own(request)
    form = CalendarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_busy_calendar(actor=request.actor, member=member, **form.cleaned_data)
        except Refused as refused:
            form.add_error("address", refused.words)
        else:
            messages.success(request, _("The calendar is in the list. It is being read now."))
            return _back(request)
    lines = [
        {"calendar": calendar, "trouble": trouble_words(calendar.trouble) if calendar.trouble else ""}
        for calendar in calendars_of(member)
    ]
    page = {"form": form, "lines": lines, "feed": feed_address(member)}
    return render(request, "team/calendars/list.html", page, status=422 if form.errors else 200)


@require_POST
@member_required()
def calendars_read(request: TeamRequest, calendar_id: uuid.UUID) -> HttpResponse:
    read_again(actor=request.actor, calendar=_own_calendar(request, calendar_id))
    messages.success(request, _("It is being read. Load the page again in a moment."))
    return _back(request)


@require_POST
@member_required()
def calendars_remove(request: TeamRequest, calendar_id: uuid.UUID) -> HttpResponse:
    remove_busy_calendar(actor=request.actor, calendar=_own_calendar(request, calendar_id))
    messages.success(request, _("The calendar is forgotten, and all that was read of it."))
    return _back(request)


@require_POST
@member_required()
def calendars_feed(request: TeamRequest) -> HttpResponse:
    make_feed(actor=request.actor, member=_own(request))
    messages.success(request, _("The address works now. One that you had before does not any more."))
    return _back(request)


@require_POST
@member_required()
def calendars_feed_close(request: TeamRequest) -> HttpResponse:
    close_feed(actor=request.actor, member=_own(request))
    messages.success(request, _("The address is closed. Your calendar program gets nothing new by it."))
    return _back(request)


@require_safe
@member_required()
def calendars_file(request: TeamRequest, slot_id: uuid.UUID) -> HttpResponse:
    """A booked live interview as a file, for a member who hosts it."""
    member = _own(request)
    booked = slots_with_people().filter(organization=request.organization, state=SlotState.BOOKED, hosts__member=member)
    slot = get_object_or_404(booked, id=slot_id)
    return calendar_download(saved_file(host_entry(slot, member, stamp=timezone.now())))


def _own(request: TeamRequest) -> Member:
    return members(request.organization).select_related("organization").get(id=request.actor.id)


def _own_calendar(request: TeamRequest, calendar_id: uuid.UUID) -> BusyCalendar:
    return get_object_or_404(calendars_of(_own(request)).select_related("organization", "member"), id=calendar_id)


def _back(request: TeamRequest) -> HttpResponse:
    return redirect("team:calendars-list", organization=request.organization.slug)
