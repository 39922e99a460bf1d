"""Once the answers are sent: where things stand, who has watched, and the reply."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render

from bothways.conversations.queries.effort import effort_of
from bothways.conversations.queries.promises import broken_of
from bothways.conversations.queries.survey import moment_to_ask
from bothways.interviews.models import InterviewKind
from bothways.interviews.queries.candidate_page import candidate_page as page_of
from bothways.interviews.queries.consent_words import recording_days
from bothways.interviews.queries.promise import promise
from bothways.interviews.queries.requests import requests_of
from bothways.live.queries.compositions import recorded_talk
from bothways.live.queries.hours import booked_slot
from bothways.review.queries.replies import reply_to
from bothways.web.candidate.access import CandidateRequest
from bothways.web.candidate.feedback import shown_feedback
from bothways.web.candidate.follow_ups import asked_follow_ups
from bothways.web.candidate.inquiries import shown_inquiries
from bothways.web.candidate.own_words import chosen_words
from bothways.web.candidate.receipts import receipts_of


def status(request: CandidateRequest) -> HttpResponse:
    """Shown at the front of the link (`landing`)."""
    interview = request.interview
    reply = None if interview.is_preview else reply_to(interview)
    days = dt.timedelta(days=recording_days(interview))
    page = page_of(interview)
    context = {
        "page": page,
        "talk": recorded_talk(interview),
        "talked": booked_slot(interview) if interview.kind == InterviewKind.LIVE else None,
        "texts": chosen_words(page),
        "promise": promise(interview),
        "broken": None if interview.is_preview else broken_of(interview),
        "receipts": receipts_of(interview),
        "reply": reply,
        "effort": effort_of(interview.position) if interview.position else None,
        "feedback": shown_feedback(request),
        "survey": moment_to_ask(interview),
        "kept_until": reply.decided_at + days if reply and reply.decided_at else None,
        "requests": requests_of(interview),
        "inquiries": shown_inquiries(request),
        "follow_ups": asked_follow_ups(request),
        "responsible": interview.position.replies_by if interview.position else None,
    }
    return render(request, "candidate/status/status.html", context)
