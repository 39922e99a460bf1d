"""Deciding: what waits, who has watched, the reason, and the letter to the candidate."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bothways.accounts.models import Role
from bothways.conversations.models import FollowUp
from bothways.conversations.policies import may_give_feedback, may_see_follow_ups
from bothways.conversations.queries.feedback import feedback_of
from bothways.conversations.queries.follow_ups import unheard, unheard_words, waiting_on
from bothways.conversations.queries.inquiries import unanswered_words, waiting_of
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.inviting import obstacle
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.notify.queries.sending import sending_words
from bothways.positions.models import StageKind
from bothways.review.actions.inviting_on import decide_and_invite
from bothways.review.models import Meeting, Outcome
from bothways.review.policies import (
    may_decide,
    may_read_comments,
    may_reverse,
    may_see_decisions,
    may_see_scorecards,
    may_share,
    may_watch_interview,
)
from bothways.review.queries.decisions import LONGEST_PAGE, history, to_decide, undecided
from bothways.review.queries.grounds import pickable
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.readiness import readiness, words
from bothways.review.queries.reply_drafts import reply_draft
from bothways.review.queries.shares import live_shares
from bothways.review.queries.stages import stage_after
from bothways.review.queries.talking import ThreadHead, thread_heads
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.decisions import DecisionForm

READERS = (Role.OWNER, Role.RECRUITER, Role.AUDITOR)


@require_safe
@member_required(*READERS)
def decisions_list(request: TeamRequest) -> HttpResponse:
    """What waits for a decision, the nearest promised date first."""
    items = to_decide(request.actor, request.organization)
    page = {
        "items": items,
        "all": len(items) if len(items) < LONGEST_PAGE else undecided(request.organization).count(),
        "may_decide": request.actor.may_recruit,
        "today": timezone.localdate(),
    }
    return render(request, "team/decisions/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*READERS)
def decisions_interview(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """One interview: what was decided, who has watched what, and the form of the outcome that was picked."""
    interview = decided_interview(request, interview_id)
    state = readiness(interview)
    past = history(interview)
    standing = next((decision for decision in past if decision.reversed_at is None), None)
    is_open = may_decide(request.actor, interview) and undecided(request.organization).filter(id=interview.id).exists()
    outcome = request.POST.get("outcome") or request.GET.get("outcome", "")
    picked = outcome if is_open and outcome in Outcome.values else ""
    later = stage_after(interview.stage) if is_open and picked in ("", Outcome.ADVANCE) else None
    talks_next = later is not None and later.kind == StageKind.LIVE
    hindered = obstacle(later) if later and (picked or talks_next) else None
    form = decision_form(request, interview, picked, later.name if later and hindered is None else "")
    refused = ""
    if request.method == "POST":
        require(may_decide(request.actor, interview), _("Owners and recruiters decide."))
        if form is None or form.is_valid():
            refused = decide_by_form(request, interview, form)
            if not refused:
                return redirect("team:decisions-interview", request.organization.slug, interview.id)
    page = {
        "interview": interview,
        "who": interview.shown_name,
        "readiness": state,
        "unanswered": waiting_of(interview) if picked == Outcome.DECLINE else None,
        "unanswered_words": unanswered_words(),
        "unheard": unheard().filter(interview=interview).select_related("question").first()
        if picked == Outcome.DECLINE
        else None,
        "unheard_words": unheard_words(),
        "still_asked": _still_asked(request, interview) if is_open else None,
        "unwatched_words": "" if state.is_met else words(state),
        "history": past,
        "seen": standing.id if standing else "",
        "standing": standing,
        "may_reverse": standing is not None and may_reverse(request.actor, interview),
        "later": later,
        "hindered": hindered,
        "talks_next": talks_next,
        "picked": picked,
        "is_open": is_open,
        "form": form,
        "refused": refused,
        "is_sent": interview.state == InterviewState.SUBMITTED,
        "feedback": feedback_of(interview),
        "may_give": may_give_feedback(request.actor, interview),
        "may_watch": may_watch_interview(request.actor, interview),
        "scorecards": _scorecards(request, interview),
        "talk_heads": _talk_heads(request, interview),
        "may_share": may_share(request.actor, interview),
        "shares": live_shares(interview) if may_share(request.actor, interview) else [],
    }
    status = 409 if refused else 422 if form is not None and form.errors else 200
    return render(request, "team/decisions/interview.html", page, status=status)


def _still_asked(request: TeamRequest, interview: Interview) -> FollowUp | None:
    """What waits for the candidate, for those who may know of it."""
    waiting = waiting_on(interview).order_by("due").first()
    return waiting if waiting and may_see_follow_ups(request.actor, interview) else None


def decided_interview(request: TeamRequest, interview_id: uuid.UUID) -> Interview:
    """An interview of this organization, for those who may see what was decided, by name once it is."""
    own = Interview.objects.filter(organization=request.organization, is_preview=False)
    shown = with_shown_name(own, request.actor.id, after_decision=True)
    related = shown.select_related("organization", "position", "stage", "application__candidate", "kit_version")
    interview = get_object_or_404(related, id=interview_id)
    require(may_see_decisions(request.actor, interview), _("Your role does not include this page."))
    return interview


def decision_form(request: TeamRequest, interview: Interview, outcome: str, next_stage: str) -> DecisionForm | None:
    """The form of one outcome, begun with a letter in the candidate's language that has blanks to fill."""
    if not outcome:
        return None
    draft = reply_draft(interview, outcome, request.actor.name)
    initial = {"reply_subject": draft.subject, "reply_body": draft.body} if draft else {}
    return DecisionForm(
        request.POST or None, outcome=outcome, pickable=pickable(interview), next_stage=next_stage, initial=initial
    )


def decide_by_form(
    request: TeamRequest, interview: Interview, form: DecisionForm | None, meeting: Meeting | None = None
) -> str:
    """Ask the verb. Returns why it refused, or nothing when it is done."""
    fields = form.cleaned_data if form else {"outcome": request.POST.get("outcome", ""), "reason": ""}
    try:
        asked = {**fields, "invite_on": fields.get("invite_on", False), "meeting": meeting}
        done = decide_and_invite(actor=request.actor, interview=interview, **asked)
    except NotAllowed:
        raise
    except Refused as refused:
        return refused.words
    name = interview.application.candidate.name
    if done.is_invited:
        messages.success(request, _("The invitation to the next stage went out with it."))
    if done.decision.is_final:
        told = _("Decided. Your letter to %(name)s stands on their page.") % {"name": name}
        messages.success(request, f"{told} {sending_words()}")
    else:
        messages.success(request, _("On hold. The candidate is not told, and the promised date stays."))
    return ""


def _scorecards(request: TeamRequest, interview: Interview) -> list:
    """The scorecards that are in, for those who may see them."""
    if not may_see_scorecards(request.actor, interview):
        return []
    handed_in = interview.scorecards.filter(submitted_at__isnull=False).select_related("member__user")
    return list(handed_in.order_by("member__user__name", "member_id"))


def _talk_heads(request: TeamRequest, interview: Interview) -> list[ThreadHead] | None:
    """Where something is said, for those who may read it."""
    if not may_read_comments(request.actor, interview):
        return None
    return thread_heads(request.actor, interview, Question.objects.filter(kit_version=interview.kit_version_id))
