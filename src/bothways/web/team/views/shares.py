"""Showing one interview to somebody without an account, and taking that back."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bothways.accounts.models import Role
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import NotAllowed, Refused
from bothways.review.actions.shares import make_share, revoke_share
from bothways.review.models import Share
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.shares import live_shares
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.shares import ShareForm

SHARERS = (Role.OWNER, Role.RECRUITER)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*SHARERS)
def shares_interview(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Who sees this interview by a link now, and a form for one more. A new link is shown this once."""
    interview = _interview(request, interview_id)
    form = ShareForm(request.POST or None)
    refused = link = ""
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made, token = make_share(
                actor=request.actor,
                interview=interview,
                recipient=form.cleaned_data["recipient"],
                shown=form.shown(),
                days=form.cleaned_data["days"],
                most_views=form.cleaned_data["most_views"],
                is_involved=form.cleaned_data["is_involved"],
            )
        except NotAllowed:
            raise
        except Refused as error:
            refused = error.words
        else:
            link = settings.BASE_URL + reverse("public:share", args=[token])
            form = ShareForm()
    page = {
        "interview": interview,
        "who": interview.shown_name,
        "shares": live_shares(interview),
        "form": form,
        "refused": refused,
        "made": made,
        "link": link,
    }
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "team/shares/interview.html", page, status=status)


@require_POST
@member_required(*SHARERS)
def shares_revoke(request: TeamRequest, interview_id: uuid.UUID, share_id: uuid.UUID) -> HttpResponse:
    """Close one link at once, also for whoever has it open."""
    shares = Share.objects.select_related("organization", "interview")
    share = get_object_or_404(shares, id=share_id, interview=interview_id, organization=request.organization)
    revoke_share(actor=request.actor, share=share)
    messages.success(request, _("The link for %(name)s shows nothing any more.") % {"name": share.recipient})
    return redirect("team:shares-interview", organization=request.organization.slug, interview_id=interview_id)


def _interview(request: TeamRequest, interview_id: uuid.UUID) -> Interview:
    sent = Interview.objects.filter(organization=request.organization, is_preview=False, state=InterviewState.SUBMITTED)
    shown = with_shown_name(sent, request.actor.id, after_decision=True)
    return get_object_or_404(shown.select_related("organization", "position", "stage"), id=interview_id)
