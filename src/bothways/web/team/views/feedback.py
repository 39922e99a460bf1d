"""Feedback: who has had none, and the page on which one is edited and approved."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.conversations.actions.feedback import approve_feedback, drop_feedback_clip, keep_feedback
from bothways.conversations.models import Feedback
from bothways.conversations.policies import may_give_feedback, may_see_feedback
from bothways.conversations.queries.feedback import feedback_of, owed, text_to_edit, without_feedback
from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.media.spoken_cues import spoken_cues
from bothways.notify.queries.sending import sending_words
from bothways.positions.models import Position
from bothways.review.queries.decisions import latest_decision
from bothways.review.queries.identity import with_shown_name
from bothways.web.captions import cues_response
from bothways.web.clips import words_of
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.feedback_page import shown_recording
from bothways.web.team.forms.feedback import FeedbackForm
from bothways.web.team.views.positions import MAKERS, READERS


@require_safe
@member_required(*READERS)
def feedback_list(request: TeamRequest, position_id: uuid.UUID) -> HttpResponse:
    """Who of a position has had no feedback, those who were told longest ago first."""
    position = get_object_or_404(Position, organization=request.organization, id=position_id)
    require(may_see_feedback(request.actor, position), _("Your role does not include this page."))
    lines = owed(request.actor, position)
    page = {
        "position": position,
        "lines": lines,
        "all": without_feedback(position).count(),
        "first": next((line for line in lines if line.is_ready and not line.is_approved), None),
        "may_give": request.actor.may_recruit,
    }
    return render(request, "team/feedback/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*MAKERS)
def feedback_edit(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """The draft of one person's feedback. `do` says what becomes of it: `keep`, `record` (kept, then said), `approve`,
    or `next` (approved, then the next one)."""
    interview = advised(request, interview_id)
    feedback = feedback_of(interview)
    text = text_to_edit(interview, feedback, request.actor.name)
    form = FeedbackForm(request.POST or None, text=text, revision=feedback.revision if feedback else 0)
    if request.method != "POST" or not form.is_valid():
        return _page(request, interview, feedback, form, status=422 if form.errors else 200)
    asked = {"actor": request.actor, "interview": interview, "text": form.text, "seen": form.cleaned_data["seen"]}
    try:
        if request.POST.get("do") == "record":
            keep_feedback(**asked)
            return redirect("team:feedback-record", request.organization.slug, interview.id)
        if request.POST.get("do") == "keep":
            keep_feedback(**asked)
            messages.success(request, _("Kept as a draft. Nothing was sent."))
            return redirect("team:feedback-edit", request.organization.slug, interview.id)
        approved = approve_feedback(**asked, is_read=form.cleaned_data["is_read"])
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error("is_read" if refused.code == "not_read" else None, refused.words)
        status = 409 if refused.code in ("sent", "changed") else 422
        return _page(request, interview, feedback_of(interview), form, status=status)
    messages.success(request, _told(interview.shown_name, approved))
    return _onward(request, interview)


@require_POST
@member_required(*MAKERS)
def feedback_drop(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Take the recording out again."""
    interview = advised(request, interview_id)
    drop_feedback_clip(actor=request.actor, interview=interview)
    messages.success(request, _("The recording is taken out. The words stay."))
    return redirect("team:feedback-edit", request.organization.slug, interview.id)


@require_safe
@member_required(*MAKERS)
def feedback_captions(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """What is said in the recording, for the player."""
    interview = advised(request, interview_id)
    feedback = feedback_of(interview)
    recording = feedback.recording if feedback else None
    words = words_of(interview, [recording]).get(recording.id) if recording else None
    if recording is None or words is None:
        raise Http404
    return cues_response(spoken_cues(words.utterances, recording.duration_ms or 0))


def advised(request: TeamRequest, interview_id: uuid.UUID) -> Interview:
    """An interview of this organization whose ratings this member may see, by name where they may know it."""
    own = Interview.objects.filter(organization=request.organization, is_preview=False)
    shown = with_shown_name(own, request.actor.id, after_decision=True)
    related = shown.select_related("organization", "position", "stage", "application__candidate", "kit_version")
    interview = get_object_or_404(related, id=interview_id)
    words = _("Feedback is drafted from the scorecards. Your own comes first; then this page opens.")
    require(may_give_feedback(request.actor, interview), words)
    return interview


def _page(
    request: TeamRequest, interview: Interview, feedback: Feedback | None, form: FeedbackForm, status: int
) -> HttpResponse:
    decision = latest_decision(interview)
    page = {
        "interview": interview,
        "who": interview.shown_name,
        "feedback": feedback,
        "parts": sorted(feedback.parts.all(), key=lambda part: part.place) if feedback and feedback.is_sent else [],
        "clip": shown_recording(request, interview, feedback),
        "form": form,
        "onward": request.GET.get("onward") == "1",
        "is_told": decision is not None and decision.is_final and decision.replied_at is not None,
        "scorecards": interview.scorecards.filter(submitted_at__isnull=False).count(),
    }
    return render(request, "team/feedback/edit.html", page, status=status)


def _told(who: str, feedback: Feedback) -> str:
    if feedback.is_sent:
        told = _("Approved. The feedback stands on the page of %(name)s.") % {"name": who}
        return f"{told} {sending_words()}"
    return _("Approved. It goes to %(name)s by itself, with your decision.") % {"name": who}


def _onward(request: TeamRequest, interview: Interview) -> HttpResponse:
    """To the next person's draft where that was asked for, else to the list."""
    if request.POST.get("do") == "next":
        for line in owed(request.actor, interview.position):
            if line.is_ready and not line.is_approved and line.id != interview.id:
                return redirect(reverse("team:feedback-edit", args=[request.organization.slug, line.id]) + "?onward=1")
        messages.info(request, _("That was the last one that waits for you."))
    return redirect("team:feedback-list", request.organization.slug, interview.position_id)
