"""The people of a position: where everybody stands, and what can be done for one or for several."""

import uuid
from collections.abc import Iterator
from dataclasses import replace

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from bothways.accounts.models import Role
from bothways.interviews.actions.invitations import copy_link
from bothways.interviews.actions.people_counts import people_counts
from bothways.interviews.models import Interview, InterviewState, Request
from bothways.interviews.policies import may_manage_invitation, may_see_faults, may_see_people, may_see_requests
from bothways.interviews.queries import people
from bothways.interviews.queries.hidden_words import unchecked_in
from bothways.interviews.queries.people import Asked
from bothways.interviews.queries.person_history import history, letters, links
from bothways.interviews.queries.requests import open_by_interview, requests_of
from bothways.interviews.queries.window import open_until, stands_still
from bothways.lib.csv_text import line
from bothways.lib.errors import require
from bothways.positions.models import Position
from bothways.review.actions.exports import export_people
from bothways.review.queries.decisions import outcomes
from bothways.web.streaming import streamed
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.happenings import happenings
from bothways.web.team.people_lines import lines_of
from bothways.web.team.person_talks import next_talk, talk_lines
from bothways.web.team.recording_lines import recording_lines
from bothways.web.team.request_lines import lines_of as request_lines
from bothways.web.team.views.positions import MAKERS, READERS

LONGEST_SEARCH = 80


@require_safe
@member_required(*READERS)
def people_list(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """One page of the list. Asked by htmx, only the list itself is sent; without it everything works by links."""
    position = position_of(request, position_id)
    asked, text = _asked(request)
    page = people.page(position, asked)
    shown = {
        "position": position,
        "lines": lines_of(
            page.interviews,
            page.unreached,
            outcomes(i.id for i in page.interviews),
            _asking(request, page.interviews),
        ),
        "page": page,
        "asked": asked,
        "search": text,
        "state": InterviewState(asked.state) if asked.state else None,
        "query": urlencode({name: value for name, value in (("state", asked.state), ("q", text)) if value}),
        "several_stages": len(position.stages.all()) > 1,
        "may_recruit": request.actor.may_recruit,
        "unchecked": unchecked_in(position) if request.actor.may_recruit else [],
    }
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "team/people/found.html", shown)
    else:
        counts = people_counts(position)
        funnel = [(state, counts.by_state[state]) for state in InterviewState]
        response = render(request, "team/people/list.html", {**shown, "counts": counts, "funnel": funnel})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_GET
@member_required(*READERS)
def people_export(request: TeamRequest, position_id: uuid.UUID) -> HttpResponseBase:
    """What the list shows, all pages of it, as CSV."""
    position = position_of(request, position_id)
    asked = replace(_asked(request)[0], after=None)
    export_people(actor=request.actor, position=position, asked=asked)
    name = f"{slugify(position.title) or 'people'}-{timezone.localdate().isoformat()}.csv"
    response = streamed(request, _csv(position, asked), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@never_cache
@member_required(*READERS)
def people_detail(request: TeamRequest, position_id: uuid.UUID, interview_id: uuid.UUID) -> HttpResponse:
    """Everything about one person in one stage: what happened, which mails went out, which links are open."""
    return _detail(request, person_of(request, position_id, interview_id))


@require_POST
@never_cache
@member_required(*MAKERS)
def people_link(request: TeamRequest, position_id: uuid.UUID, interview_id: uuid.UUID) -> HttpResponse:
    """Make a new personal link and show it, this once, to be copied."""
    interview = person_of(request, position_id, interview_id)
    return _detail(request, interview, link=copy_link(actor=request.actor, interview=interview))


def position_of(request: TeamRequest, position_id: uuid.UUID) -> Position:
    """The position of this organization, for those who may see who applies."""
    rows = Position.objects.select_related("organization", "replies_by__user").prefetch_related("stages__kit")
    position = get_object_or_404(rows, organization=request.organization, id=position_id)
    require(may_see_people(request.actor, position), _("Your role does not include the names of candidates."))
    return position


def person_of(request: TeamRequest, position_id: uuid.UUID, interview_id: uuid.UUID) -> Interview:
    interview = people.person(position_of(request, position_id), interview_id)
    if interview is None:
        raise Http404
    return interview


def _detail(request: TeamRequest, interview: Interview, link: str = "") -> HttpResponse:
    sees_requests = may_see_requests(request.actor, request.organization)
    asked_for = requests_of(interview) if sees_requests else []
    asking = {asked.interview_id: asked for asked in asked_for if asked.is_open}
    [about] = lines_of([interview], people.unreached([interview]), outcomes([interview.id]), asking)
    talks = talk_lines(request, interview)
    own_slots = [line.talk.slot for line in talks if line.talk.slot and line.talk.interview == interview]
    page = {
        "position": interview.position,
        "interview": interview,
        "line": about,
        "talks": talks,
        **next_talk(request, interview),
        "happenings": happenings(list(history(interview, own_slots)), interview, with_requests=sees_requests),
        "requests": request_lines(asked_for),
        "clock_stands": sees_requests and stands_still(interview),
        "letters": letters(interview),
        "links": links(interview),
        "link": link,
        "recordings": recording_lines(interview) if may_see_faults(request.actor, request.organization) else [],
        "may_manage": may_manage_invitation(request.actor, interview),
        "reads_mail": request.actor.has_role(Role.OWNER),
    }
    return render(request, "team/people/detail.html", page)


def _asking(request: TeamRequest, interviews: list[Interview]) -> dict[uuid.UUID, Request]:
    """Who of them waits for an answer of a person, for those who may know."""
    if not may_see_requests(request.actor, request.organization):
        return {}
    return open_by_interview(request.organization, [interview.id for interview in interviews])


def _asked(request: TeamRequest) -> tuple[Asked, str]:
    text = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\x00", "").strip()
    asked = Asked.read(state=request.GET.get("state", ""), text=text, after=request.GET.get("after", ""))
    return asked, text


def _csv(position: Position, asked: Asked) -> Iterator[str]:
    # The mark in front lets spreadsheets read names in every script.
    yield "\ufeff" + line(
        [_("Name"), _("E-mail"), _("Step"), _("State"), _("Invited"), _("Answers by"), _("Sent"), _("Hears by"),
         _("Language"), _("Code name")]
    )  # fmt: skip
    for interviews in people.pages(position, asked):
        yield "".join(_csv_line(interview) for interview in interviews)


def _csv_line(interview: Interview) -> str:
    candidate = interview.application.candidate
    moments = [
        timezone.localtime(moment).isoformat(" ", "minutes") if moment else ""
        for moment in (interview.created_at, open_until(interview), interview.submitted_at)
    ]
    return line(
        [candidate.name, candidate.email, interview.stage.name, interview.get_state_display(), *moments,
         interview.reply_by or "", interview.language, interview.code_name]
    )  # fmt: skip
