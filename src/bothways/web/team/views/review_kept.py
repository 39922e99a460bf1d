"""What somebody wrote about an interview that is no longer theirs to rate: to read, and for nobody else."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bothways.interviews.models import Interview
from bothways.lib.errors import require
from bothways.review.models import PinnedNote
from bothways.review.policies import may_read_kept, may_watch_interview
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.scorecards import own_scorecard
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.pins import shown_pins
from bothways.web.team.playing import WATCHERS


@require_safe
@member_required(*WATCHERS)
def review_kept(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Own ratings and notes, closed. There is no player: whoever rates it no longer does not watch it as a rater."""
    own = Interview.objects.filter(organization=request.organization, is_preview=False)
    shown = with_shown_name(own, request.actor.id).select_related("position", "stage", "kit_version")
    return kept_page(request, get_object_or_404(shown, id=interview_id), "", status=200)


def kept_page(request: TeamRequest, interview: Interview, typed: str, status: int = 403) -> HttpResponse:
    """The page; `typed` is what a plain form just brought and could not be saved."""
    has_draft = may_read_kept(request.actor, interview)
    require(bool(typed) or has_draft, _("You do not rate this interview."))
    mine = own_scorecard(request.actor, interview) if has_draft else None
    notes = PinnedNote.objects.filter(scorecard=mine.scorecard if mine else None, removed_at__isnull=True).order_by(
        "question__place", "start_ms"
    )
    pins: dict[uuid.UUID, list[PinnedNote]] = {}
    for note in notes:
        pins.setdefault(note.question_id, []).append(note)
    page = {
        "interview": interview,
        "who": interview.shown_name,
        "mine": mine,
        "rows": [(question, rating, shown_pins(pins.get(question.id, []))) for question, rating in mine.rows]
        if mine
        else [],
        "typed": typed,
        "may_watch": may_watch_interview(request.actor, interview),
    }
    return render(request, "team/review/kept.html", page, status=status)
