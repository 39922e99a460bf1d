"""Camera and microphone, and a question to practise with. No picture or sound is sent from either page."""

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bothways.interviews.queries.limits import GRACE_S, NOTICE_S
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.recorder_config import PRACTICE_LIMIT_S, practice_config
from bothways.web.candidate.settings_config import settings_config
from bothways.web.candidate.words import deadline_words
from bothways.web.recorder_strings import check_strings, practice_strings, question_words


@require_safe
@candidate_page(answering=True)
def check(request: CandidateRequest) -> HttpResponse:
    token = request.token
    context = {
        "config": {
            "next_url": reverse("candidate:questions", args=[token]),
            "uplink_url": reverse("candidate:uplink", args=[token]),
            "settings": settings_config(request.interview),
            "settings_url": reverse("candidate:settings-change", args=[token]),
            "csrf_token": get_token(request),
        },
        "strings": check_strings(),
        "practice_url": reverse("candidate:practice", args=[token]),
        "deadline_words": deadline_words(request.interview),
    }
    return render(request, "candidate/check/page.html", context)


@require_safe
@candidate_page(answering=True)
def practice(request: CandidateRequest) -> HttpResponse:
    next_url = reverse("candidate:questions", args=[request.token])
    context = {
        "config": practice_config(next_url),
        "strings": practice_strings(notice_s=NOTICE_S, grace_s=GRACE_S),
        "words": question_words(answer_limit_s=PRACTICE_LIMIT_S, think_limit_s=None),
        "next_url": next_url,
        "deadline_words": deadline_words(request.interview),
    }
    return render(request, "candidate/practice/page.html", context)
