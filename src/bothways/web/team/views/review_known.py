"""A reviewer says that they know the person, without learning who it is."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.review.actions.conflicts import flag_conflict
from bothways.review.policies import may_rate
from bothways.review.queries.identity import with_shown_name
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.playing import WATCHERS


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*WATCHERS)
def review_known(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Asked once more, because it closes the interview to them; then back to the work list."""
    own = Interview.objects.filter(organization=request.organization, is_preview=False)
    shown = with_shown_name(own, request.actor.id).select_related("position", "stage", "application", "organization")
    interview = get_object_or_404(shown, id=interview_id)
    require(may_rate(request.actor, interview), _("You do not rate this interview."))
    refused = ""
    if request.method == "POST":
        member = Member.objects.get(id=request.actor.id)
        try:
            flag_conflict(actor=request.actor, interview=interview, member=member)
        except NotAllowed:
            raise
        except Refused as error:
            refused = error.words
        else:
            words = _("Thank you. %(who)s is no longer on your list, and somebody else rates this person.")
            messages.success(request, words % {"who": interview.shown_name})
            return redirect("team:review-list", organization=request.organization.slug)
    page = {"interview": interview, "who": interview.shown_name, "refused": refused}
    return render(request, "team/review/known.html", page, status=409 if refused else 200)
