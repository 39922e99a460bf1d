"""Changing an own rating after handing in: with a reason, and both values stay."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.review.actions.rating_changes import change_rating
from bothways.review.policies import may_rate
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.scorecards import own_scorecard
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.review import ChangeForm
from bothways.web.team.ladder import given, rungs
from bothways.web.team.playing import WATCHERS


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*WATCHERS)
def review_change(request: TeamRequest, interview_id: uuid.UUID, place: int) -> HttpResponse:
    """The ladder once more, with the rung that stands, and the reason. Before handing in: back to the question."""
    own = Interview.objects.filter(organization=request.organization, is_preview=False)
    interview = get_object_or_404(with_shown_name(own, request.actor.id), id=interview_id)
    require(may_rate(request.actor, interview), _("You do not rate in this stage."))
    question = get_object_or_404(
        Question.objects.select_related("competency"), kit_version=interview.kit_version_id, place=place
    )
    question_url = reverse("team:review-question", args=[request.organization.slug, interview.id, place])
    mine = own_scorecard(request.actor, interview)
    rating = next(rating for asked, rating in mine.rows if asked.id == question.id)
    if not mine.is_submitted or rating is None:
        return redirect(question_url)
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_changed(request, interview, question, form):
        messages.success(request, _("Changed. Both values and your reason stand beside each other."))
        return redirect(question_url)
    chosen = form["value"].value()
    page = {
        "form": form,
        "who": interview.shown_name,
        "question": question,
        "question_url": question_url,
        "standing": given(question, rating),
        "rungs": rungs(question, int(chosen) if str(chosen).isdigit() else None),
    }
    return render(request, "team/review/change.html", page, status=422 if form.errors else 200)


def _is_changed(request: TeamRequest, interview: Interview, question: Question, form: ChangeForm) -> bool:
    try:
        change_rating(actor=request.actor, interview=interview, question_id=question.id, **form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(None, refused.words)
        return False
    return True
