"""Taking a decision back: why, and the honest word to whoever was told of it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.queries.sending import sending_words
from bothways.review.actions.reversing import reverse_decision
from bothways.review.queries.decisions import latest_decision
from bothways.review.queries.reply_drafts import change_draft
from bothways.review.queries.reversing import Reversible, reversible
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.decisions import ReversalForm
from bothways.web.team.views.decisions import decided_interview
from bothways.web.team.views.positions import MAKERS


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def reversals_new(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """What stands, what taking it back means, and the form. Where nothing stands, back to the page of decisions."""
    interview = decided_interview(request, interview_id)
    standing = latest_decision(interview)
    back = redirect("team:decisions-interview", request.organization.slug, interview.id)
    if standing is None:
        messages.warning(request, _("No decision stands, so there is nothing to take back."))
        return back
    standing.interview = interview
    state = reversible(standing)
    form = _form(request, state)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            reversal = reverse_decision(actor=request.actor, interview=interview, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as caught:
            refused = caught.words
            if caught.code == "told":
                state = reversible(standing)
                form = _form(request, state)
        else:
            messages.success(request, _told(reversal.replied_at is not None, reversal.stopped_letter))
            return back
    page = {"interview": interview, "who": interview.shown_name, "state": state, "form": form, "refused": refused}
    return render(request, "team/reversals/new.html", page, status=409 if refused else 422 if form.errors else 200)


def _form(request: TeamRequest, state: Reversible) -> ReversalForm:
    initial = {"seen": state.decision.id}
    if state.is_told:
        draft = change_draft(state.decision.interview, state.decision, state.later, request.actor.name)
        initial |= {"reply_subject": draft.subject, "reply_body": draft.body}
    data = request.POST if "reason" in request.POST else None
    return ReversalForm(data, is_told=state.is_told, initial=initial)


def _told(is_told: bool, is_stopped: bool) -> str:
    if is_told:
        return _("Taken back. Your letter stands on their page. %(mail)s") % {"mail": sending_words()}
    if is_stopped:
        return _("Taken back. The letter was stopped before it left, so the candidate was told nothing.")
    return _("No longer on hold. The candidate was told of neither.")
