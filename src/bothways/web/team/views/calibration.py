"""Before you begin: gold answers to rate, what the lead gave once one's own is locked, and whether it was close enough.

Nothing of a gold answer's rating, and nobody else's, is in any of this before the own rating is locked.
"""

import json
import uuid
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.lib.errors import NotAllowed, Refused, require
from bothways.media.queries.transcripts import words_of
from bothways.media.spoken_cues import spoken_cues
from bothways.positions.models import Stage
from bothways.review.actions.calibration import begin_run, keep_gold_rating, lock_gold_rating
from bothways.review.actions.scorecards import Draft
from bothways.review.calibration import ANSWERS, verdict
from bothways.review.models import CalibrationRun, GoldRating
from bothways.review.policies import may_rate_in
from bothways.review.queries.calibration import gate_of, gates, open_run, own_runs
from bothways.review.queries.playback import Playback, recording_playback, recording_silences
from bothways.review.queries.scorecards import is_rated
from bothways.web.captions import cues_response
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.calibration_words import apart_words, fitting_anchors, verdict_words
from bothways.web.team.forms.review import RatingForm
from bothways.web.team.ladder import rungs
from bothways.web.team.playing import WATCHERS, address, media_sources, player_words, silence_words, sprite_sheet
from bothways.web.team.transcript import is_awaited, transcript_of_recording, transcript_words, written_out
from bothways.web.team.views.review_saving import answers_json, malformed, rating_facts
from bothways.web.team.views.review_words import rating_words


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*WATCHERS)
def calibration_begin(request: TeamRequest, stage_id: uuid.UUID) -> HttpResponse:
    """What it asks, where this member stands, what they did before. Pressing the button begins, or goes on."""
    stages = Stage.objects.select_related("position")
    stage = get_object_or_404(stages, id=stage_id, organization=request.organization)
    require(may_rate_in(request.actor, stage), _("You do not rate in this stage."))
    refused = ""
    if request.method == "POST":
        try:
            run = begin_run(actor=request.actor, stage=stage)
        except NotAllowed:
            raise
        except Refused as error:
            refused = error.words
        else:
            return redirect("team:calibration-run", request.organization.slug, run.id)
    page = {
        "stage": stage,
        "gate": gate_of(request.actor, stage),
        "run": open_run(request.actor.id, stage.kit_id),
        "past": own_runs(request.actor.id, stage.kit_id).filter(finished_at__isnull=False),
        "answers": ANSWERS,
        "refused": refused,
    }
    return render(request, "team/calibration/begin.html", page, status=422 if refused else 200)


@require_safe
@member_required(*WATCHERS)
def calibration_run(request: TeamRequest, run_id: uuid.UUID) -> HttpResponse:
    """To the next answer; at the end, what the run comes to in words."""
    run = _run(request, run_id)
    ratings = _ratings(run)
    following = next((one for one in ratings if one.locked_at is None), None)
    if following is not None:
        return redirect("team:calibration-rate", request.organization.slug, run.id, following.place)
    found = verdict((one.value, one.gold.value) for one in ratings)
    page = {
        "run": run,
        "lines": [(one, apart_words(one.value, one.gold.value)) for one in ratings],
        "said": verdict_words(found),
        # The kit may be used in several stages; each of them is open now, or still waits.
        "gates": [gate for gate in gates(request.actor) if gate.stage.kit_id == run.kit_id],
    }
    return render(request, "team/calibration/run.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*WATCHERS)
def calibration_rate(request: TeamRequest, run_id: uuid.UUID, place: int) -> HttpResponse:
    """One gold answer with its anchors; once its rating is locked, with what the lead gave and wrote."""
    run = _run(request, run_id)
    ratings = _ratings(run)
    rating = next((one for one in ratings if one.place == place), None)
    if rating is None:
        raise Http404
    following = next((one for one in ratings if one.locked_at is None), None)
    if rating.locked_at is None and rating != following:
        return redirect("team:calibration-run", request.organization.slug, run.id)
    form = RatingForm(request.POST or None, initial=RatingForm.values_of(rating))
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            _lock(request, run, rating, form)
        except NotAllowed:
            raise
        except Refused as error:
            refused = error.words
        else:
            return redirect("team:calibration-rate", request.organization.slug, run.id, place)
    page = {
        "run": run,
        "rating": rating,
        "ratings": ratings,
        "question": rating.gold.question,
        "who": _("Gold answer %(n)d") % {"n": place},
        "rates": rating.locked_at is None,
        "form": form,
        "refused": refused,
        **_played(request, run, rating),
        **(_lead_says(request, run, rating, following) if rating.locked_at else _asked(request, run, rating, form)),
    }
    return render(request, "team/calibration/rate.html", page, status=422 if form.errors or refused else 200)


@require_POST
@answers_json
@member_required(*WATCHERS)
def calibration_save(request: TeamRequest, run_id: uuid.UUID) -> JsonResponse:
    """Keep one rating as it stands in the form."""
    run = _run(request, run_id)
    try:
        sent = json.loads(request.body)
        draft = Draft(None if sent["value"] is None else int(sent["value"]), str(sent["note"]))
        rating_id, revision = uuid.UUID(sent["question"]), int(sent["revision"])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return malformed()
    kept = keep_gold_rating(actor=request.actor, run=run, rating_id=rating_id, draft=draft, revision=revision)
    return JsonResponse(rating_facts(kept))


@require_safe
@member_required(*WATCHERS)
def calibration_media(request: TeamRequest, run_id: uuid.UUID, place: int) -> JsonResponse:
    """Fresh addresses, when those of the page are over."""
    rating = _rating(request, run_id, place)
    playing = recording_playback(rating.gold.recording, rating.id)
    return JsonResponse({"sources": media_sources(request, playing) if playing else []})


@require_safe
@member_required(*WATCHERS)
def calibration_captions(request: TeamRequest, run_id: uuid.UUID, place: int) -> HttpResponseBase:
    """What is said in a gold answer, as captions for its player."""
    recording = _rating(request, run_id, place).gold.recording
    transcript = transcript_of_recording(recording) if recording else None
    words = words_of(transcript) if transcript else None
    if recording is None or words is None:
        raise Http404
    return cues_response(spoken_cues(words.utterances, recording.duration_ms or 0))


def _lock(request: TeamRequest, run: CalibrationRun, rating: GoldRating, form: RatingForm) -> None:
    """Keep what stands in the form and lock it."""
    if rating.locked_at is None:
        draft = Draft(form.cleaned_data["value"], form.cleaned_data["note"])
        keep_gold_rating(actor=request.actor, run=run, rating_id=rating.id, draft=draft)
    lock_gold_rating(actor=request.actor, run=run, rating_id=rating.id)


def _run(request: TeamRequest, run_id: uuid.UUID) -> CalibrationRun:
    """The member's own; anybody else's is not there."""
    runs = CalibrationRun.objects.filter(organization=request.organization, member=request.actor.id)
    return get_object_or_404(runs.select_related("kit"), id=run_id)


def _ratings(run: CalibrationRun) -> list[GoldRating]:
    return list(run.ratings.select_related("gold__question__competency", "gold__recording"))


def _rating(request: TeamRequest, run_id: uuid.UUID, place: int) -> GoldRating:
    """One that the member has reached: locked, or the next."""
    ratings = _ratings(_run(request, run_id))
    following = next((one for one in ratings if one.locked_at is None), None)
    rating = next((one for one in ratings if one.place == place), None)
    if rating is None or (rating.locked_at is None and rating != following):
        raise Http404
    return rating


def _asked(request: TeamRequest, run: CalibrationRun, rating: GoldRating, form: RatingForm) -> dict[str, Any]:
    """The ladder, and the configuration of static/bothways/team/review/rating.js."""
    chosen = form["value"].value()
    return {
        "rungs": rungs(rating.gold.question, int(chosen) if str(chosen).isdigit() else None),
        "rating_config": {
            "save_url": reverse("team:calibration-save", args=[request.organization.slug, run.id]),
            "csrf_token": get_token(request),
            "drafts": f"bothways.draft:{request.actor.id}:calibration:{run.id}:",
            "draft": f"{rating.place}",
            "revision": rating.revision,
            "fixed": {"question": str(rating.id)},
        },
    }


def _lead_says(
    request: TeamRequest, run: CalibrationRun, rating: GoldRating, following: GoldRating | None
) -> dict[str, Any]:
    """Only for a rating that is locked."""
    slug = request.organization.slug
    own = rungs(rating.gold.question, rating.value or 0)
    return {
        "apart": apart_words(rating.value, rating.gold.value),
        "own": next(rung for rung in own if rung.is_chosen),
        "anchors": fitting_anchors(rating.gold.question, rating.gold.value),
        "is_last": following is None,
        "next_url": reverse("team:calibration-rate", args=[slug, run.id, following.place])
        if following and is_rated(rating)
        else reverse("team:calibration-run", args=[slug, run.id]),
    }


def _played(request: TeamRequest, run: CalibrationRun, rating: GoldRating) -> dict[str, Any]:
    """The player of the rating room. Nobody measures what is watched here."""
    playing = recording_playback(rating.gold.recording, rating.id)
    words = {**player_words(), **rating_words(), **transcript_words()}
    if playing is None or rating.gold.recording is None:
        return {"playing": None, "words": words}
    transcript = transcript_of_recording(rating.gold.recording)
    said = words_of(transcript) if transcript else None
    silences = recording_silences(rating.gold.recording, said)
    here = [request.organization.slug, run.id, rating.place]
    captions_url = reverse("team:calibration-captions", args=here)
    return {
        "playing": playing,
        "player_config": _player_config(request, playing, silences, reverse("team:calibration-media", args=here)),
        "sources": [source for source in media_sources(request, playing) if source["kind"] != "voice"],
        "poster": address(request, playing.poster),
        "silences": silence_words(silences),
        "transcript": written_out(said, silences, captions_url),
        "is_awaited": is_awaited(transcript),
        "words": words,
    }


def _player_config(request: TeamRequest, playing: Playback, silences: object, media_url: str) -> dict[str, Any]:
    """The configuration of one `<bw-player>`, without a measure of what was watched."""
    return {
        "sources": media_sources(request, playing),
        "media_url": media_url,
        "peaks_url": address(request, playing.peaks),
        "sprites": sprite_sheet(request, playing),
        "duration_ms": playing.duration_ms,
        "silences": silences,
        "gain_db": playing.gain_db,
        "coverage": None,
        "csrf_token": get_token(request),
    }
