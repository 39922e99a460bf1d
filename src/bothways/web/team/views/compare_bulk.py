"""Advancing or declining several people at once: who can be, what is missing for the others, one reason, one letter."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_info
from django.views.decorators.http import require_http_methods

from bothways.interviews.queries.batches import batch_obstacle
from bothways.interviews.queries.inviting import obstacle
from bothways.positions.models import Stage
from bothways.review.actions.several import Told, decide_about_several
from bothways.review.models import Outcome
from bothways.review.queries.identity import with_shown_name
from bothways.review.queries.reply_drafts import reply_draft
from bothways.review.queries.several import Person, already_in, lack_words, several
from bothways.review.queries.stages import stage_after
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.forms.decisions import SeveralForm
from bothways.web.team.views.compare import OUTCOMES, ids_in, stage_of
from bothways.web.team.views.positions import MAKERS


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*MAKERS)
def compare_bulk(request: TeamRequest, stage_id: uuid.UUID, outcome: str) -> HttpResponse:
    """Those in the address, or in the form that comes back. What happened is told for each of them."""
    stage = stage_of(request, stage_id)
    if outcome not in OUTCOMES:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    people = several(request.actor, stage, ids_in(given.getlist("with")), outcome)
    ready = [person for person in people if person.lack is None]
    later = stage_after(stage) if outcome == Outcome.ADVANCE else None
    hindered = (batch_obstacle(later) if len(people) > 1 else obstacle(later)) if later else None
    form = _form(request, outcome, people, later.name if later and hindered is None else "")
    if request.method == "POST" and people and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("reason", "reply_subject", "reply_body")}
        told = decide_about_several(
            actor=request.actor,
            people=people,
            outcome=outcome,
            seen=_seen(request),
            invite_on=form.cleaned_data.get("invite_on", False),
            **fields,
        )
        return render(request, "team/compare/told.html", _result(request, stage, outcome, told))
    page = {
        "stage": stage,
        "outcome": outcome,
        "people": people,
        "ready": ready,
        "lacking": lack_words(people, outcome),
        "later": later,
        "hindered": hindered,
        "already_there": already_in(later, ready) if later and hindered is None else 0,
        "form": form,
        "languages": _languages(ready),
    }
    return render(request, "team/compare/bulk.html", page, status=422 if form.errors else 200)


def _form(request: TeamRequest, outcome: str, people: list[Person], next_stage: str) -> SeveralForm:
    """Begun with the letter in the language of the first who can get it."""
    first = next((person.interview for person in people if person.lack is None), None)
    draft = reply_draft(first, outcome, request.actor.name) if first else None
    initial = {"reply_subject": draft.subject, "reply_body": draft.body} if draft else {}
    return SeveralForm(request.POST or None, outcome=outcome, next_stage=next_stage, initial=initial)


def _seen(request: TeamRequest) -> dict[uuid.UUID, uuid.UUID]:
    """The decisions that stood on the page, each as `interview:decision`."""
    pairs = [ids_in(text.split(":", 1)) for text in request.POST.getlist("stands")[:100]]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _languages(ready: list[Person]) -> list[str]:
    """In which languages those who can be written to read, when it is more than one."""
    codes = sorted({person.interview.language for person in ready})
    return [get_language_info(code)["name_translated"] for code in codes] if len(codes) > 1 else []


def _result(request: TeamRequest, stage: Stage, outcome: str, told: list[Told]) -> dict[str, Any]:
    """Names as they may be read now: a decision opens the name of whom it is about."""
    ids = [one.interview.id for one in told]
    own = type(told[0].interview).objects.filter(organization=request.organization, id__in=ids)
    names = dict(with_shown_name(own, request.actor.id, after_decision=True).values_list("id", "shown_name"))
    lines = [(names[one.interview.id], one) for one in told]
    return {
        "stage": stage,
        "outcome": outcome,
        "done": [(name, one) for name, one in lines if not one.refused],
        "refused": [(name, one) for name, one in lines if one.refused],
    }
