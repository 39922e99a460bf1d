"""Meetings: who is present, one candidate after the other on a shared screen, and deciding there."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.interviews.queries.inviting import obstacle
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.positions.models import Stage
from bothways.review.actions.meetings import close_meeting, open_meeting, reveal_in_meeting
from bothways.review.models import Meeting, Outcome
from bothways.review.policies import may_hold_meeting, may_reveal, may_see_scorecards
from bothways.review.queries.decisions import history, undecided
from bothways.review.queries.heat import visible_ids
from bothways.review.queries.meetings import (
    Sheet,
    agenda,
    attendees,
    decided_in,
    eligible,
    log,
    possible_attendees,
    sheet,
    with_name_on_screen,
)
from bothways.review.queries.readiness import readiness, words
from bothways.review.queries.stages import stage_after
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.happenings import reviewing
from bothways.web.team.pins import shown_pins
from bothways.web.team.spread import spread_line, spread_words
from bothways.web.team.views.compare import ids_in
from bothways.web.team.views.decisions import decide_by_form, decision_form
from bothways.web.team.views.positions import MAKERS


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def meeting_new(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """Whom to look at (those in the address, else the shortlist) and who is present."""
    stage = _stage(request, stage_id)
    given = request.POST if request.method == "POST" else request.GET
    interviews = eligible(request.actor, stage, ids_in(given.getlist("with")))
    present = ids_in(given.getlist("member"))
    refused = ""
    if request.method == "POST":
        members = list(Member.objects.filter(organization=request.organization, id__in=present))
        try:
            meeting = open_meeting(actor=request.actor, stage=stage, members=members, interviews=interviews)
        except NotAllowed:
            raise
        except Refused as caught:
            refused = caught.words
        else:
            return redirect("team:meeting-item", request.organization.slug, stage.id, meeting.id, 1)
    page = {
        "stage": stage,
        "interviews": interviews,
        "is_shortlist": not given.getlist("with"),
        "members": [(one, one.id in present or one.id == request.actor.id) for one in possible_attendees(stage)],
        "refused": refused,
        "past": stage.meetings.order_by("-created_at")[:10],
    }
    return render(request, "team/meeting/new.html", page, status=409 if refused else 200)


@require_safe
@never_cache
@member_required(*MAKERS)
def meeting_read(request: TeamRequest, stage_id: uuid.UUID, meeting_id: uuid.UUID) -> HttpResponse:
    """The minutes: who was there, whom they looked at, what was decided."""
    meeting = _meeting(request, stage_id, meeting_id)
    items = agenda(meeting)
    ids = [one.interview_id for one in items]
    require(len(visible_ids(request.actor, meeting.stage, ids)) == len(ids), _own_first())
    page = {"meeting": meeting, "stage": meeting.stage, "agenda": items, "decided": decided_in(meeting)}
    return render(request, "team/meeting/read.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*MAKERS)
def meeting_item(request: TeamRequest, stage_id: uuid.UUID, meeting_id: uuid.UUID, place: int) -> HttpResponse:
    """One candidate with everything that was given, noted, decided and logged, and the form to decide in place."""
    meeting = _meeting(request, stage_id, meeting_id)
    interview = _interview(request, meeting, place)
    past = history(interview)
    standing = next((decision for decision in past if decision.reversed_at is None), None)
    is_open = meeting.closed_at is None and undecided(request.organization).filter(id=interview.id).exists()
    outcome = request.POST.get("outcome") or request.GET.get("outcome", "")
    picked = outcome if is_open and outcome in Outcome.values else ""
    later = stage_after(interview.stage) if picked == Outcome.ADVANCE else None
    hindered = obstacle(later) if later else None
    form = decision_form(request, interview, picked, later.name if later and hindered is None else "")
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        refused = decide_by_form(request, interview, form, meeting)
        if not refused:
            return redirect("team:meeting-item", request.organization.slug, stage_id, meeting.id, place)
    items = agenda(meeting)
    found, state = sheet(interview), readiness(interview)
    page = {
        "meeting": meeting,
        "stage": meeting.stage,
        "interview": interview,
        "who": interview.shown_name,
        "place": place,
        "all": len(items),
        "previous": place - 1,
        "next": place + 1 if place < len(items) else 0,
        **_shown(found),
        "readiness": state,
        "unwatched_words": "" if state.is_met else words(state),
        "history": past,
        "seen": standing.id if standing else "",
        "log": reviewing(log(interview, found.row.scorecards)),
        "is_open": is_open,
        "picked": picked,
        "later": later,
        "hindered": hindered,
        "form": form,
        "refused": refused,
        "may_reveal": interview.name_hidden and meeting.closed_at is None and may_reveal(request.actor, interview),
    }
    status = 409 if refused else 422 if form is not None and form.errors else 200
    return render(request, "team/meeting/item.html", page, status=status)


@require_POST
@member_required(*MAKERS)
def meeting_reveal(request: TeamRequest, stage_id: uuid.UUID, meeting_id: uuid.UUID, place: int) -> HttpResponse:
    """Show the name to everybody present. Written to the audit log for each of them."""
    meeting = _meeting(request, stage_id, meeting_id)
    try:
        reveal_in_meeting(actor=request.actor, meeting=meeting, interview=_interview(request, meeting, place))
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    return redirect("team:meeting-item", request.organization.slug, stage_id, meeting.id, place)


@require_POST
@member_required(*MAKERS)
def meeting_close(request: TeamRequest, stage_id: uuid.UUID, meeting_id: uuid.UUID) -> HttpResponse:
    """Close it, and read what was decided."""
    meeting = _meeting(request, stage_id, meeting_id)
    close_meeting(actor=request.actor, meeting=meeting)
    return redirect("team:meeting-read", request.organization.slug, stage_id, meeting.id)


def _stage(request: TeamRequest, stage_id: uuid.UUID) -> Stage:
    rows = Stage.objects.select_related("position", "organization")
    stage = get_object_or_404(rows, id=stage_id, organization=request.organization)
    require(may_hold_meeting(request.actor, stage), _("Owners and recruiters open meetings."))
    return stage


def _meeting(request: TeamRequest, stage_id: uuid.UUID, meeting_id: uuid.UUID) -> Meeting:
    stage = _stage(request, stage_id)
    rows = Meeting.objects.select_related("opened_by__user", "organization").prefetch_related(attendees())
    meeting = get_object_or_404(rows, id=meeting_id, stage=stage, organization=request.organization)
    meeting.stage = stage
    return meeting


def _interview(request: TeamRequest, meeting: Meeting, place: int) -> Interview:
    """The one at this place, if this viewer may see everything of it: somebody may rate here since it was opened."""
    here = meeting.items.filter(place=place).values("interview")
    own = Interview.objects.filter(organization=request.organization, id__in=here)
    related = ("organization", "position", "stage", "application__candidate", "kit_version")
    interview = get_object_or_404(with_name_on_screen(own, meeting).select_related(*related))
    require(may_see_scorecards(request.actor, interview), _own_first())
    return interview


def _own_first() -> str:
    return _("You rate in this step. Others' ratings come after your own: hand in your scorecard first.")


def _shown(found: Sheet) -> dict[str, Any]:
    """Each answer with its marks, the drawing of the spread, and what was pinned to it."""
    answers = [
        {
            "cell": cell,
            "line": spread_line(cell),
            "words": spread_words(cell),
            "pinned": [
                (note.scorecard.member.user.name, shown_pins([note])) for note in found.pinned.get(cell.question.id, ())
            ],
        }
        for cell in found.row.cells
    ]
    return {
        "overall": found.row.overall,
        "answers": answers,
        "scorecards": found.row.scorecards,
        "reconciliation": found.reconciliation,
    }
