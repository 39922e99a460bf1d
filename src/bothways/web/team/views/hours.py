"""When a member may be booked for live interviews."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bothways.accounts.models import Member
from bothways.accounts.queries.members import members
from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.hours import clear_day, set_day, set_week
from bothways.live.queries.hosting import differing_days, hosted_stages, own_hours
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.hours import DayForm, WeekForm
from bothways.web.team.navigation import RATERS


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*RATERS)
def hours_edit(request: TeamRequest) -> HttpResponse:
    """The usual week, and the days that differ from it."""
    member = _member(request)
    form = WeekForm(request.POST or None, own=own_hours(member), zone=member.user.time_zone)
    if request.method == "POST" and form.is_valid():
        try:
            set_week(actor=request.actor, member=member, week=form.week())
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("Saved. Talks that are booked already stay as they are."))
            return redirect("team:hours-edit", organization=request.organization.slug)
    return _page(request, member, form, DayForm())


@require_POST
@member_required(*RATERS)
def hours_day(request: TeamRequest) -> HttpResponse:
    """Other hours on one day, or none."""
    member = _member(request)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            set_day(actor=request.actor, member=member, day=form.cleaned_data["day"], hours=form.hours)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("Saved."))
            return redirect("team:hours-edit", organization=request.organization.slug)
    return _page(request, member, WeekForm(own=own_hours(member), zone=member.user.time_zone), form)


@require_POST
@member_required(*RATERS)
def hours_clear(request: TeamRequest) -> HttpResponse:
    """That day is like its weekday again."""
    form = DayForm(request.POST)
    if form.is_valid():
        clear_day(actor=request.actor, member=_member(request), day=form.cleaned_data["day"])
        messages.success(request, _("That day is as usual again."))
    return redirect("team:hours-edit", organization=request.organization.slug)


def _member(request: TeamRequest) -> Member:
    return members(request.organization).select_related("organization", "user").get(id=request.actor.id)


def _page(request: TeamRequest, member: Member, form: WeekForm, day_form: DayForm) -> HttpResponse:
    page = {
        "form": form,
        "day_form": day_form,
        "own": own_hours(member),
        "days": differing_days(member, timezone.localdate()),
        "stages": hosted_stages(member),
    }
    return render(request, "team/hours/edit.html", page, status=422 if form.errors or day_form.errors else 200)
