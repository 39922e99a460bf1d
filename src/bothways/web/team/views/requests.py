"""What candidates asked people for: a list with days to keep, and the page on which one is answered."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.interviews.actions.requests import answer, hand_over
from bothways.interviews.models import InterviewState, Request
from bothways.interviews.queries.requests import Wanted, is_overdue, listed_requests, request_of
from bothways.interviews.queries.window import stands_still
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.queries.sending import sending_words
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.requests import AnswerRequestForm, HandOverForm
from bothways.web.team.request_lines import lines_of
from bothways.web.team.views.positions import MAKERS


@require_safe
@never_cache
@member_required(*MAKERS)
def requests_list(request: TeamRequest) -> HttpResponse:
    """Open ones with the nearest day first; `?mine=1` only the member's own, `?show=answered` what is done."""
    mine, answered = request.GET.get("mine") == "1", request.GET.get("show") == "answered"
    wanted = Wanted(owner=request.actor.id if mine else None, answered=answered)
    page = {
        "lines": lines_of(listed_requests(request.organization, wanted)),
        "mine": mine,
        "answered": answered,
    }
    part = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"team/requests/{'found' if part else 'list'}.html", page)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*MAKERS)
def requests_detail(request: TeamRequest, request_id: uuid.UUID) -> HttpResponse:
    """One request: who asks, by when, what they wrote, and the answer."""
    asked = _asked(request, request_id)
    form = AnswerRequestForm(request.POST or None, request=asked)
    too_late = ""
    if request.method == "POST" and form.is_valid():
        try:
            answer(actor=request.actor, request=asked, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            asked = _asked(request, request_id)
            too_late = refused.words if refused.code in ("answered", "withdrawn") else ""
            form.add_error(None if too_late else _FIELDS.get(refused.code), refused.words)
        else:
            told = _("Your answer is written. %(name)s reads it on their page, too.")
            told %= {"name": asked.interview.application.candidate.name}
            messages.success(request, f"{told} {sending_words()}")
            return redirect("team:requests-detail", request.organization.slug, asked.id)
    status = 409 if too_late else 422 if form.errors else 200
    return _detail(request, asked, form, HandOverForm(request=asked), status=status, too_late=too_late)


@require_POST
@member_required(*MAKERS)
def requests_hand_over(request: TeamRequest, request_id: uuid.UUID) -> HttpResponse:
    """Somebody else answers."""
    asked = _asked(request, request_id)
    form = HandOverForm(request.POST, request=asked)
    if not form.is_valid():
        return _detail(request, asked, AnswerRequestForm(request=asked), form, status=422)
    hand_over(actor=request.actor, request=asked, to=form.cleaned_data["to"])
    messages.success(
        request, _("%(name)s answers now, and is told by mail.") % {"name": form.cleaned_data["to"].user.name}
    )
    return redirect("team:requests-detail", request.organization.slug, asked.id)


_FIELDS = {"no_message": "message", "bad_time": "talk_at", "bad_days": "days", "nothing_chosen": "changed"}


def _asked(request: TeamRequest, request_id: uuid.UUID) -> Request:
    found = request_of(request.organization, request_id)
    if found is None:
        raise Http404
    return found


def _detail(
    request: TeamRequest,
    asked: Request,
    form: AnswerRequestForm,
    handing_over: HandOverForm,
    status: int,
    too_late: str = "",
) -> HttpResponse:
    interview = asked.interview
    is_withdrawn = interview.state == InterviewState.WITHDRAWN
    page = {
        "asked": asked,
        "interview": interview,
        "person": interview.application.candidate,
        "is_overdue": is_overdue(asked),
        "is_withdrawn": is_withdrawn,
        "may_answer": asked.is_open and not is_withdrawn,
        "clock_stands": stands_still(interview),
        "too_late": too_late,
        "form": form,
        "handing_over": handing_over,
    }
    return render(request, "team/requests/detail.html", page, status=status)
