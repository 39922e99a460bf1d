"""The front of the link: what is asked, what it takes, and later how things stand."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bothways.conversations.queries.effort import effort_of
from bothways.conversations.queries.promises import kept
from bothways.interviews.actions.deadline import make_up_for_outages
from bothways.interviews.actions.progress import mark_opened
from bothways.interviews.models import InterviewKind, InterviewState
from bothways.interviews.queries.candidate_page import CandidatePage
from bothways.interviews.queries.candidate_page import candidate_page as page_of
from bothways.interviews.queries.requests import requests_of
from bothways.interviews.queries.settings import needs_camera
from bothways.interviews.queries.window import accepts_begun_takes, is_over
from bothways.live.queries.instead import offers_live_instead
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.inquiries import others_asked, shown_inquiries
from bothways.web.candidate.views.status import status
from bothways.web.candidate.views.time import live_landing
from bothways.web.candidate.words import made_up_words


@require_safe
@candidate_page()
def landing(request: CandidateRequest) -> HttpResponse:
    """Before the deadline the invitation, after it what can still be done, and once sent how things stand."""
    interview = request.interview
    if interview.state == InterviewState.SUBMITTED:
        return status(request)
    if interview.kind == InterviewKind.LIVE:
        return live_landing(request)
    # An outage that has just ended may not have been looked at yet.
    if is_over(interview) and not make_up_for_outages(interview=interview):
        page = page_of(interview)
        may_still_send = accepts_begun_takes(interview) and page.answered > 0
        context = {
            "page": page,
            "may_still_send": may_still_send,
            "requests": requests_of(interview),
            "inquiries": shown_inquiries(request),
        }
        return render(request, "candidate/over/over.html", context)
    if request.method == "GET":
        mark_opened(interview=interview, actor=request.actor)
    page = page_of(interview)
    context = {
        "page": page,
        "next_step": next_step(request, page),
        "requests": requests_of(interview),
        "inquiries": shown_inquiries(request),
        "others": others_asked(request),
        "may_talk": offers_live_instead(interview),
        "made_up": made_up_words(interview) if interview.made_up_at else "",
        "effort": effort_of(interview.position) if interview.position else None,
        "kept": kept(interview.position, interview.organization) if interview.position else None,
    }
    return render(request, "candidate/landing/landing.html", context)


def next_step(request: CandidateRequest, page: CandidatePage) -> dict[str, str | int | None]:
    """Where the one large button leads: consent first, then the check, then the next open question, then sending."""
    token = request.token
    place = page.next_place
    if not page.has_consented:
        return {"kind": "begin", "url": reverse("candidate:consent", args=[token])}
    if (
        not page.answered
        and not page.is_waiting
        and needs_camera(request.interview, [one.question for one in page.questions])
    ):
        return {"kind": "check", "url": reverse("candidate:check", args=[token])}
    if place is not None:
        return {"kind": "question", "place": place, "url": reverse("candidate:question", args=[token, place])}
    return {"kind": "review", "url": reverse("candidate:review", args=[token])}
