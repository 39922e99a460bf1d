"""One more question from the team: what is asked, about which part of one's own answer, and the answer in writing."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.conversations.actions.follow_up_answers import answer_follow_up_in_words, mark_opened
from bothways.conversations.queries.follow_ups import follow_up_limit_s, tries_left
from bothways.lib.errors import NotAllowed, Refused
from bothways.web.candidate.access import CandidateRequest, candidate_page
from bothways.web.candidate.follow_ups import first_answer, found_follow_up, shown_recordings
from bothways.web.candidate.forms.follow_up import FollowUpForm


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page()
def follow_up(request: CandidateRequest, follow_up_id: uuid.UUID) -> HttpResponse:
    """Open for as long as the interview is there; answered until its last day."""
    asked = found_follow_up(request, follow_up_id)
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_follow_up_in_words(follow_up=asked.follow_up, actor=request.actor, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            told = _("Thank you. Your answer is with %(name)s.")
            messages.success(request, told % {"name": asked.follow_up.asked_by.user.name})
            return redirect("candidate:follow-up", token=request.token, follow_up_id=asked.follow_up.id)
    elif request.method == "GET" and asked.follow_up.opened_at is None:
        mark_opened(follow_up=asked.follow_up, actor=request.actor)
    prompt, answer = shown_recordings(request, asked.follow_up)
    page = {
        "asked": asked,
        "follow_up": asked.follow_up,
        "prompt": prompt,
        "answer": answer,
        "first": first_answer(request, asked.follow_up),
        "limit_s": follow_up_limit_s(asked.follow_up),
        "tries": tries_left(asked.follow_up) if asked.is_open else 0,
        "form": form,
    }
    return render(request, "candidate/follow_up/follow_up.html", page, status=422 if form.errors else 200)
