"""Question by question: into a round and out of it, and handing in what is rated."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.positions.models import Stage
from bothways.review.actions.rounds import enter_round
from bothways.review.actions.scorecards import keep_overall, submit_scorecard
from bothways.review.models import Outcome, Scorecard
from bothways.review.policies import may_rate_in
from bothways.review.queries.calibration import gate_of
from bothways.review.queries.desk import desk
from bothways.review.queries.handing_in import MOST_AT_ONCE, Complete, complete, to_hand_in
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.playing import WATCHERS


@dataclass(frozen=True, slots=True)
class HandInRow:
    """One scorecard in the form: what is chosen and written there, and why it was refused, if it was."""

    scorecard: Complete
    recommendation: str
    note: str
    refused: str = ""


@require_safe
@member_required(*WATCHERS)
def review_round(request: TeamRequest, stage_id: uuid.UUID, question_id: uuid.UUID) -> HttpResponse:
    """To the next answer to this question; when everybody is heard, what comes then."""
    stage = _stage(request, stage_id)
    question = get_object_or_404(Question, id=question_id, organization=request.organization)
    try:
        turn = enter_round(actor=request.actor, stage=stage, question=question)
    except NotAllowed:
        raise
    except Refused as refused:
        raise Http404 from refused
    if turn is not None:
        return redirect("team:review-turn", request.organization.slug, turn.interview_id, question.place)
    if stage.calibration and gate_of(request.actor, stage).is_closed:
        return redirect("team:calibration-begin", request.organization.slug, stage.id)
    left = desk(request.actor)
    here = next(
        (
            one
            for one in left.stages
            if one.stage.id == stage.id and any(each.question.id == question.id for each in one.questions)
        ),
        None,
    )
    return render(request, "team/review/round_done.html", {"stage": stage, "question": question, "here": here})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*WATCHERS)
def review_hand_in(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """A recommendation for each candidate of whom every answer is rated, and handing them in together."""
    stage = _stage(request, stage_id)
    _tell_of_lost(request, stage)
    require(may_rate_in(request.actor, stage), _("You do not rate in this stage."))
    refused = _hand_in(request, stage) if request.method == "POST" else {}
    if request.method == "POST" and not refused:
        if complete(request.actor, stage).exists():
            return redirect("team:review-hand-in", request.organization.slug, stage.id)
        return redirect("team:review-list", request.organization.slug)
    shown, every = to_hand_in(request.actor, stage)
    page = {
        "stage": stage,
        "rows": [_row(request, one, refused) for one in shown],
        "all": every,
        "outcomes": Outcome.values,
    }
    return render(request, "team/review/hand_in.html", page, status=422 if refused else 200)


def _tell_of_lost(request: TeamRequest, stage: Stage) -> None:
    """What was typed for people who are no longer theirs to rate stands on the next page, so that it is not eaten."""
    if request.method != "POST":
        return
    open_ = set(complete(request.actor, stage, _posted(request)).values_list("id", flat=True))
    begun = Scorecard.objects.filter(interview__in=_posted(request), interview__stage=stage, member=request.actor.id)
    for scorecard in begun.exclude(interview__in=open_).filter(submitted_at=None).select_related("interview"):
        words = _("%(who)s is no longer yours to rate. What you wrote before is kept. Not saved: “%(note)s”") % {
            "who": scorecard.interview.code_name,
            "note": request.POST.get(f"note-{scorecard.interview_id}", "")[:5000],
        }
        messages.warning(request, words)


def _hand_in(request: TeamRequest, stage: Stage) -> dict[uuid.UUID, str]:
    """Keep what stands in the form and hand in each with a recommendation. Gives what was refused, by interview."""
    refused, done = {}, 0
    interviews = complete(request.actor, stage, _posted(request)).select_related("stage", "organization")
    for interview in interviews:
        try:
            done += _hand_in_one(request, interview)
        except NotAllowed:
            raise
        except Refused as error:
            refused[interview.id] = error.words
    if done:
        words = ngettext("One scorecard is handed in.", "%(many)d scorecards are handed in.", done) % {"many": done}
        messages.success(request, words)
    elif not refused:
        messages.info(request, _("Nothing was handed in: choose a recommendation first. What you wrote is kept."))
    return refused


def _hand_in_one(request: TeamRequest, interview: Interview) -> bool:
    """Whether it is handed in now. All of it or nothing."""
    recommendation = request.POST.get(f"recommendation-{interview.id}", "")
    note = request.POST.get(f"note-{interview.id}", "")
    with transaction.atomic():
        keep_overall(actor=request.actor, interview=interview, recommendation=recommendation, note=note)
        if recommendation:
            submit_scorecard(actor=request.actor, interview=interview)
    return bool(recommendation)


def _posted(request: TeamRequest) -> list[uuid.UUID]:
    """The interviews of the form's rows; what is no identifier is none of them."""
    found = []
    for name in request.POST:
        kind, _dash, id_ = name.partition("-")
        if kind in ("recommendation", "note"):
            try:
                found.append(uuid.UUID(id_))
            except ValueError:
                continue
    return list(dict.fromkeys(found))[:MOST_AT_ONCE]


def _row(request: TeamRequest, one: Complete, refused: dict[uuid.UUID, str]) -> HandInRow:
    id_ = one.interview.id
    return HandInRow(
        scorecard=one,
        recommendation=request.POST.get(f"recommendation-{id_}", one.scorecard.recommendation),
        note=request.POST.get(f"note-{id_}", one.scorecard.note),
        refused=refused.get(id_, ""),
    )


def _stage(request: TeamRequest, stage_id: uuid.UUID) -> Stage:
    stages = Stage.objects.select_related("position")
    return get_object_or_404(stages, id=stage_id, organization=request.organization)
