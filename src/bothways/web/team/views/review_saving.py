"""What the rating room's scripts talk to. All answers are JSON; a refusal has a code and words."""

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bothways.interviews.models import Answer, Interview
from bothways.interviews.queries.files import chosen_file
from bothways.interviews.queries.written import shown_writing
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.media.spoken_cues import spoken_cues
from bothways.review.actions.coverage import file_opened, open_player, report_played, report_read
from bothways.review.actions.scorecards import Draft, Overtaken, keep_overall, keep_rating, require_rater
from bothways.review.models import Coverage, GoldRating, PinnedNote, Rating, Scorecard
from bothways.review.policies import may_watch_interview
from bothways.review.queries.coverage import length_ms
from bothways.review.queries.identity import hides_picture, hides_voice, hides_words, shown_name
from bothways.review.queries.masking import are_files_open, masks_for
from bothways.review.queries.playback import playback
from bothways.web.attachments import attachment
from bothways.web.captions import cues_response
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.masked import shown_words
from bothways.web.team.pins import pin_facts
from bothways.web.team.playing import WATCHERS, coverage_facts, media_sources, read_facts, spans_of
from bothways.web.team.transcript import transcript_of


def answers_json(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Turn a refusal into JSON: 403 for what is not allowed, 404 for what there is not, 409 for a rule, with what
    stands where that helps."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **arguments)
        except Overtaken as overtaken:
            return _refusal(overtaken, 409, current=rating_facts(overtaken.current))
        except NotAllowed as refused:
            return _refusal(refused, 403)
        except Refused as refused:
            return _refusal(refused, 409)
        except Http404:
            # Somebody who left the team still has the page, and words on it that the script must not let go of.
            return _refusal(NotAllowed("closed", _closed_words()), 404)

    return answering


@require_POST
@answers_json
@member_required(*WATCHERS)
def review_save(request: TeamRequest, interview_id: uuid.UUID) -> JsonResponse:
    """Keep one question's rating, or the recommendation, as it stands in the form."""
    interviews = Interview.objects.select_related("stage")
    interview = get_object_or_404(interviews, id=interview_id, organization=request.organization, is_preview=False)
    require_rater(request.actor, interview)
    try:
        sent = json.loads(request.body)
        note, revision = str(sent["note"]), int(sent["revision"])
        if "question" in sent:
            draft = Draft(None if sent["value"] is None else int(sent["value"]), note)
            kept: Rating | Scorecard = keep_rating(
                actor=request.actor,
                interview=interview,
                question_id=uuid.UUID(sent["question"]),
                draft=draft,
                revision=revision,
            )
        else:
            kept = keep_overall(
                actor=request.actor,
                interview=interview,
                recommendation=str(sent["recommendation"]),
                note=note,
                revision=revision,
            )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return malformed()
    return JsonResponse(rating_facts(kept))


@require_POST
@answers_json
@member_required(*WATCHERS)
def review_opened(request: TeamRequest, answer_id: uuid.UUID) -> JsonResponse:
    """A player, or what was written, is on the screen."""
    answer = _answer(request, answer_id)
    return _covered(answer, open_player(actor=request.actor, answer=answer))


@require_POST
@answers_json
@member_required(*WATCHERS)
def review_played(request: TeamRequest, answer_id: uuid.UUID) -> JsonResponse:
    """A player says what it has played, or a page how long it showed; the answer says what is believed."""
    answer = _answer(request, answer_id)
    require(may_watch_interview(request.actor, answer.interview), _("You may not watch these answers."))
    spans = spans_of(request)
    if spans is None:
        return malformed()
    return _covered(answer, report_played(actor=request.actor, answer=answer, spans=spans))


@require_POST
@answers_json
@member_required(*WATCHERS)
def review_read(request: TeamRequest, answer_id: uuid.UUID) -> JsonResponse:
    """A page says how long it showed the text of a spoken answer; the answer says what is believed."""
    answer = _answer(request, answer_id)
    require(may_watch_interview(request.actor, answer.interview), _("You may not watch these answers."))
    spans = spans_of(request)
    if spans is None:
        return malformed()
    coverage = report_read(actor=request.actor, answer=answer, spans=spans)
    return JsonResponse(read_facts(coverage, length_ms(answer)))


@require_safe
@answers_json
@member_required(*WATCHERS)
def review_media(request: TeamRequest, answer_id: uuid.UUID) -> JsonResponse:
    """Fresh addresses, when those of the page are over."""
    answer = _answer(request, answer_id)
    require(may_watch_interview(request.actor, answer.interview), _("You may not watch these answers."))
    is_read = hides_voice(answer, request.actor.id)
    playing = None if is_read else playback(answer, with_picture=not hides_picture(answer, request.actor.id))
    return JsonResponse({"sources": media_sources(request, playing) if playing else []})


@require_safe
@member_required(*WATCHERS)
def review_captions(request: TeamRequest, answer_id: uuid.UUID) -> HttpResponseBase:
    """What is said in an answer, as captions for its player."""
    answer = _answer(request, answer_id)
    require(may_watch_interview(request.actor, answer.interview), _("You may not watch these answers."))
    transcript = transcript_of(answer)
    words = shown_words(transcript, masks_for(request.actor, answer.interview))
    if words is None or hides_voice(answer, request.actor.id):
        raise Http404
    who = shown_name(answer.interview, request.actor.id)
    return cues_response(spoken_cues(words.utterances, answer.chosen_take.recording.duration_ms or 0, who))


@require_safe
@member_required(*WATCHERS)
def review_file(request: TeamRequest, answer_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponseBase:
    """One file of an answer, to save, under a name that tells nothing about anybody. Who takes it has opened it."""
    answer = _answer(request, answer_id)
    require(may_watch_interview(request.actor, answer.interview), _("You may not watch these answers."))
    file = chosen_file(answer, file_id)
    if file is None or (hides_words(answer.interview, request.actor.id) and not are_files_open(answer.interview)):
        raise Http404
    shown = shown_writing(answer.question, answer.chosen_written).files
    name = next(one.plain_name for one in shown if one.id == file.id)
    if request.method == "GET":
        file_opened(actor=request.actor, answer=answer, file=file)
    return attachment(request, file, name)


def _answer(request: TeamRequest, answer_id: uuid.UUID) -> Answer:
    answers = Answer.objects.select_related(
        "interview__kit_version",
        "interview__stage",
        "organization",
        "chosen_take__recording",
        "chosen_written",
        "question",
    )
    return get_object_or_404(answers, id=answer_id, organization=request.organization)


def _covered(answer: Answer, coverage: Coverage) -> JsonResponse:
    return JsonResponse(coverage_facts(coverage, length_ms(answer)))


def rating_facts(kept: Rating | Scorecard | PinnedNote | GoldRating) -> dict[str, Any]:
    """What a device needs to go on from: the revision, and the words that stand."""
    if isinstance(kept, PinnedNote):
        return pin_facts(kept)
    if isinstance(kept, Rating | GoldRating):
        return {
            "value": 0 if kept.not_enough_evidence else kept.value,
            "note": kept.note,
            "revision": kept.revision,
        }
    return {"recommendation": kept.recommendation, "note": kept.note, "revision": kept.revision}


def _refusal(refused: Refused, status: int, **more: Any) -> JsonResponse:
    return JsonResponse({"error": {"code": refused.code, "words": refused.words}, **more}, status=status)


def _closed_words() -> str:
    return _(
        "This page is not open to you any more, so this was not saved. What was saved before is kept; what you typed "
        "now stays on this device. Ask an owner of the organization if you did not expect it."
    )


def malformed() -> JsonResponse:
    words = _("The page sent something that we could not read. What was saved before is safe. Load the page again.")
    return JsonResponse({"error": {"code": "malformed", "words": words}}, status=400)
