"""Up to four people beside one another: the same question, who gave what, and players that can run together."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.interviews.models import Answer
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.models import Stage
from bothways.review.actions.reconciling import reconcile
from bothways.review.models import Coverage
from bothways.review.queries.comparing import Side, kit_versions, side_by_side
from bothways.review.queries.heat_rows import columns_of
from bothways.review.queries.identity import hides_picture, hides_voice
from bothways.review.queries.masking import masks_for
from bothways.review.queries.pinned_notes import handed_in_pinned_notes
from bothways.review.queries.playback import playback, shown_silences
from bothways.review.queries.search import watchable
from bothways.review.queries.talking import heads_of_many
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.masked import shown_given, shown_words, text_alone
from bothways.web.team.pins import shown_pins
from bothways.web.team.playing import (
    WATCHERS,
    address,
    awaited_sound,
    media_sources,
    own_coverages,
    player_config,
    player_words,
    reader_config,
    silence_words,
)
from bothways.web.team.spread import spread_line, spread_words
from bothways.web.team.transcript import shown_transcript, transcript_of
from bothways.web.team.views.compare import SIDE_BY_SIDE, ids_in, interview_in, picked_version, stage_of


@require_safe
@member_required()
def compare_side(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """The people in the address on one question. Going to another question keeps them."""
    stage = stage_of(request, stage_id)
    version = picked_version(request, kit_versions(stage))
    page: dict[str, Any] = {"stage": stage, "version": version, "sides": []}
    if version is not None:
        questions, _columns = columns_of(version)
        place = request.GET.get("question", "")
        question = next((one for one in questions if str(one.place) == place), questions[0])
        asked_for = ids_in(request.GET.getlist("with"))[:SIDE_BY_SIDE]
        found = side_by_side(request.actor, stage, version, question, asked_for)
        sides = _sides(request, stage, found, question)
        page |= {
            "questions": questions,
            "question": question,
            "sides": sides,
            "may_reconcile": request.actor.has_role(*WATCHERS),
            "ids": [side.interview.id for side in found],
            "closed": len(asked_for) - len(found),
            "with": urlencode({"with": [side.interview.id for side in found]}, doseq=True),
            "plays": sum(1 for side in sides if side.get("player_config")),
            "reads": any(side.get("reader_config") for side in sides),
            "words": {**player_words(), **_together_words()},
        }
    return render(request, "team/compare/side_by_side.html", page)


@require_POST
@member_required(*WATCHERS)
def compare_reconcile(request: TeamRequest, stage_id: uuid.UUID, interview_id: uuid.UUID) -> HttpResponse:
    """Keep what two raters found who were far apart, and go back to where it was written."""
    interview = interview_in(request, stage_id, interview_id)
    try:
        reconcile(actor=request.actor, interview=interview, words=request.POST.get("words", ""))
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("Written down. What each gave at first stays as it was."))
    people = ids_in(request.POST.getlist("with"))[:SIDE_BY_SIDE] or [interview.id]
    asked = {"question": request.POST.get("question", ""), "version": request.POST.get("version", ""), "with": people}
    answer = redirect("team:compare-side", organization=request.organization.slug, stage_id=stage_id)
    answer["Location"] += f"?{urlencode(asked, doseq=True)}"
    return answer


def _sides(request: TeamRequest, stage: Stage, found: list[Side], question: Question) -> list[dict[str, Any]]:
    """What is shown of each, with what was pinned to the answers. They are those that this viewer may see."""
    pinned = handed_in_pinned_notes([scorecard for side in found for scorecard in side.scorecards], question)
    sides = []
    heads = heads_of_many(request.actor, [side.interview.id for side in found], question)
    answers = _answers(request, stage, found, question)
    coverages = own_coverages(request, list(answers.values()))
    for side in found:
        answer = answers.get(side.interview.id)
        shown = _side(request, side, question, answer, coverages.get(answer.id) if answer else None)
        shown["talk"] = heads[side.interview.id]
        shown["pinned"] = [
            (scorecard.member.user.name, shown_pins(pinned[scorecard.id]))
            for scorecard in side.scorecards
            if scorecard.id in pinned
        ]
        sides.append(shown)
    return sides


def _answers(request: TeamRequest, stage: Stage, found: list[Side], question: Question) -> dict[uuid.UUID, Answer]:
    """What this member may watch of them, by interview, with all that a player needs. Three queries, however many."""
    watched = watchable(request.actor, calibrates=stage.calibration)
    may_watch = watched.filter(id__in=[side.interview.id for side in found]).values_list("id", flat=True)
    # A list, because PostgreSQL plans for longer than it reads where one rule stands inside another query.
    given = Answer.objects.filter(interview__in=list(may_watch), question=question)
    loaded = given.select_related("chosen_take__recording__transcript", "chosen_written", "question").prefetch_related(
        "chosen_take__recording__renditions"
    )
    return {answer.interview_id: answer for answer in loaded}


def _side(
    request: TeamRequest, side: Side, question: Question, answer: Answer | None, coverage: Coverage | None
) -> dict[str, Any]:
    """One person's answer with its marks; none where there is none, or for who only reads marks, as an auditor."""
    shown: dict[str, Any] = {
        "side": side,
        "who": side.name,
        "spread_words": spread_words(side.cell),
        "line": spread_line(side.cell),
        # Changed since, so that what stands there does not explain why a third is wanted.
        "was_apart": side.cell.was_far_apart and not side.cell.is_far_apart,
    }
    if answer is None:
        return shown
    answer.interview = side.interview
    with_picture = not hides_picture(answer, request.actor.id)
    masks = masks_for(request.actor, side.interview)
    is_read = hides_voice(answer, request.actor.id)
    if is_read and answer.chosen_take:
        shown |= text_alone(request, answer, masks or [], side.name)
    elif playing := playback(answer, with_picture=with_picture):
        shown["awaited_sound"] = awaited_sound(answer, playing, with_picture)
        shown["playing"] = playing
        shown["url"] = reverse(
            "team:review-question", args=[request.organization.slug, side.interview.id, question.place]
        )
        said = shown_words(transcript_of(answer), masks)
        silences = shown_silences(answer, said)
        shown["player_config"] = player_config(request, playing, coverage, silences)
        shown["silences"] = silence_words(silences)
        shown["transcript"] = shown_transcript(request, answer, said, silences, side.name)
        shown["sources"] = [source for source in media_sources(request, playing) if source["kind"] != "voice"]
        # A face beside a code name would tell what the list keeps back; who plays it has chosen to see.
        shown["poster"] = None if side.name_hidden else address(request, playing.poster)
    elif answer.chosen_written:
        shown["given"] = shown_given(side.interview, question, answer.chosen_written, masks)
        shown["answer_id"] = answer.id
        shown["reader_config"] = reader_config(request, answer, coverage)
    return shown


def _together_words() -> dict[str, str]:
    """The words of static/bothways/team/review/together.js. Placeholders in braces are filled in the browser."""
    return {
        "heard": _("You hear {who}. The others run along without sound and do not count as watched."),
        "by_itself": _("Each plays by itself, and what you play counts."),
    }
