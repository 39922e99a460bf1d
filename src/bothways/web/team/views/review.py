"""The rating room: what waits, one answer at a time, and one's own scorecard. Nobody else's is read here."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bothways.interviews.models import Answer, Interview
from bothways.interviews.queries.note import note_of
from bothways.lib.errors import NotAllowed, Refused
from bothways.review.actions.scorecards import (
    Draft,
    calibrate_first,
    keep_overall,
    keep_rating,
    no_longer_yours,
    require_rater,
    submit_scorecard,
)
from bothways.review.models import Outcome
from bothways.review.policies import may_change_ratings, may_rate, may_read_kept, may_watch_interview
from bothways.review.queries.calibration import gates, is_held_back
from bothways.review.queries.desk import desk
from bothways.review.queries.identity import hides_picture, hides_voice, with_shown_name
from bothways.review.queries.inbox import still_answering, unchecked_count, work_list
from bothways.review.queries.masking import masks_for
from bothways.review.queries.playback import playback, shown_silences
from bothways.review.queries.reading import reading_counts, reading_speed
from bothways.review.queries.scorecards import OwnScorecard, own_scorecard
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.follow_ups import beside
from bothways.web.team.forms.review import OverallForm, RatingForm
from bothways.web.team.ladder import given, rungs
from bothways.web.team.masked import masked_note, shown_given, shown_words, text_alone
from bothways.web.team.pins import pin_config, pin_words, pinning
from bothways.web.team.playing import (
    WATCHERS,
    address,
    awaited_sound,
    media_sources,
    own_coverage,
    player_config,
    player_words,
    read_config,
    reader_config,
    silence_words,
    start_second,
)
from bothways.web.team.recorded_talk import question_words, rest_of_talk
from bothways.web.team.rounds import goes_by_question, round_turn
from bothways.web.team.talking import talk
from bothways.web.team.transcript import is_awaited, shown_transcript, transcript_of, transcript_words
from bothways.web.team.views.review_kept import kept_page
from bothways.web.team.views.review_words import rating_words


@require_safe
@member_required(*WATCHERS)
def review_list(request: TeamRequest) -> HttpResponse:
    """What this member has to rate: what is next, what waits longest, what is due."""
    left = desk(request.actor)
    first = gates(request.actor)
    singly = [one for one in left.stages if not one.by_question]
    items = work_list(request.actor, stages=[one.stage.id for one in singly]) if singly else []
    today = timezone.localdate()
    page = {
        "desk": left,
        "closed": [gate for gate in first if gate.is_closed],
        "ending": [gate for gate in first if gate.standing and gate.standing.ends_soon],
        "items": items,
        "first": next((item for item in items if item.stage_id == left.stages[0].stage.id), None),
        "singly": sum(one.interviews for one in singly),
        "today": today,
        "waited": (today - timezone.localdate(left.waits_since)).days if left.waits_since else 0,
        "answering": 0 if left.stages else still_answering(request.actor),
        "unchecked": unchecked_count(request.actor),
    }
    return render(request, "team/review/list.html", page)


@require_safe
@member_required(*WATCHERS)
def review_interview(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """To where this member left off: the first question without a rating, else the end."""
    interview = _shown(request, interview_id)
    if may_read_kept(request.actor, interview):
        return redirect("team:review-kept", organization=request.organization.slug, interview_id=interview.id)
    _require_watching(request, interview)
    mine = own_scorecard(request.actor, interview)
    rates = may_rate(request.actor, interview)
    if rates and goes_by_question(interview, mine):
        address = [request.organization.slug, interview.id, mine.missing[0]]
        return redirect(reverse("team:review-turn", args=address))
    if not rates or mine.missing:
        return redirect(_question_url(request, interview, mine.missing[0] if rates else 1))
    return redirect("team:review-overall", organization=request.organization.slug, interview_id=interview.id)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*WATCHERS)
def review_question(request: TeamRequest, interview_id: uuid.UUID, place: int, in_round: bool = False) -> HttpResponse:
    """One answer with its question and anchors. The form is kept by script at each keystroke, or by a plain POST.

    What comes next is the candidate's next question or, `in_round`, the next candidate's answer to the same one.
    """
    interview = _shown(request, interview_id)
    rates = may_rate(request.actor, interview)
    if request.method == "POST" and not rates:
        return kept_page(request, interview, request.POST.get("note", ""))
    _require_watching(request, interview)
    mine = own_scorecard(request.actor, interview)
    question, rating = next(((q, r) for q, r in mine.rows if q.place == place), (None, None))
    if question is None:
        raise Http404
    later = [q.place for q, _rating in mine.rows if q.place > place]
    next_url = _question_url(request, interview, later[0]) if later else _end_url(request, interview, rates=rates)
    turn = None
    if in_round or (rates and goes_by_question(interview, mine)):
        turn = round_turn(request, interview, question)
        next_url = turn.next_url
    form = RatingForm(request.POST or None, initial=RatingForm.values_of(rating))
    if request.method == "POST" and form.is_valid():
        draft = Draft(form.cleaned_data["value"], form.cleaned_data["note"])
        keep_rating(actor=request.actor, interview=interview, question_id=question.id, draft=draft)
        return redirect(next_url)
    answer = _answer(interview, question.id)
    playing = None
    if answer:
        answer.interview = interview
        with_picture = not hides_picture(answer, request.actor.id)
        is_read = hides_voice(answer, request.actor.id)
        playing = None if is_read else playback(answer, with_picture=with_picture)
    masks = masks_for(request.actor, interview)
    written = answer.chosen_written if answer else None
    revision = rating.revision if rating else 0
    page = {
        **_room(interview, mine, rates=rates),
        "question": question,
        "form": form,
        "rungs": rungs(question, _chosen(form)),
        "own_rung": given(question, rating) if rating and mine.is_submitted else None,
        "rating": rating,
        "next_url": next_url,
        "is_last": not later and not turn,
        "turn": turn,
        "playing": playing,
        "given": shown_given(interview, question, written, masks) if written else None,
        "note": masked_note(note_of(interview), masks),
        "talk_words": question_words(interview, question, interview.shown_name),
        "is_first": question.place == mine.rows[0][0].place,
        "rating_config": _saving(request, interview, f"q:{question.id}", revision, {"question": str(question.id)}),
        **pinning(request, interview, mine, question, playing),
        "may_change": mine.is_submitted and may_change_ratings(request.actor, interview),
    }
    if mine.is_submitted or not rates:
        # Before the own ratings are in, nothing of it is even asked for.
        page |= talk(request, interview, question)
        page |= beside(request, interview, question, times=playing is not None)
    if playing and answer:
        at = start_second(request, playing.duration_ms)
        transcript = transcript_of(answer)
        said = shown_words(transcript, masks)
        silences = shown_silences(answer, said)
        coverage = own_coverage(request, answer)
        page["player_config"] = player_config(request, playing, coverage, silences, at)
        page["sources"] = [source for source in media_sources(request, playing, at) if source["kind"] != "voice"]
        page["silences"] = silence_words(silences)
        page["transcript"] = shown_transcript(request, answer, said, silences, interview.shown_name)
        page["is_awaited"] = is_awaited(transcript)
        page["awaited_sound"] = awaited_sound(answer, playing, with_picture)
        speed = reading_speed(answer, said)
        page["read_config"] = read_config(request, playing, coverage, speed) if speed else None
        page["poster"] = address(request, playing.poster)
    if answer and answer.chosen_take and is_read:
        page |= text_alone(request, answer, masks or [], interview.shown_name)
    if written and answer:
        page["answer_id"] = answer.id
        page["reader_config"] = reader_config(request, answer, own_coverage(request, answer))
    return render(request, "team/review/question.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(*WATCHERS)
def review_overall(request: TeamRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Recommendation, a look at one's own ratings, and handing in."""
    interview = _shown(request, interview_id)
    rates = may_rate(request.actor, interview)
    if request.method == "POST" and not rates:
        return kept_page(request, interview, request.POST.get("note", ""))
    if not rates:
        require_rater(request.actor, interview)
    mine = own_scorecard(request.actor, interview)
    form = OverallForm(request.POST or None, initial=OverallForm.values_of(mine.scorecard))
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            _hand_in(request, interview, form)
        except NotAllowed:
            raise
        except Refused as error:
            refused = error.words
        else:
            return redirect("team:review-list", organization=request.organization.slug)
    revision = mine.scorecard.revision if mine.scorecard else 0
    page = {
        **_room(interview, mine, rates=rates),
        "form": form,
        "refused": refused,
        "outcomes": Outcome.choices,
        "by_question": rates and goes_by_question(interview, mine),
        "rest": rest_of_talk(request, interview, interview.shown_name),
        "rating_config": _saving(request, interview, "overall", revision, {}),
        "pin_config": pin_config(request, interview, mine),
    }
    return render(request, "team/review/overall.html", page, status=422 if form.errors or refused else 200)


def _chosen(form: RatingForm) -> int | None:
    value = form["value"].value()
    return int(value) if str(value).isdigit() else None


def _hand_in(request: TeamRequest, interview: Interview, form: OverallForm) -> None:
    """Keep what stands in the form; hand in when that button was pressed."""
    keep_overall(actor=request.actor, interview=interview, **form.cleaned_data)
    if "submit" in request.POST:
        submit_scorecard(actor=request.actor, interview=interview)
        messages.success(request, _("Your scorecard for %(who)s is handed in.") % {"who": interview.shown_name})


def _shown(request: TeamRequest, interview_id: uuid.UUID) -> Interview:
    interviews = Interview.objects.filter(organization=request.organization, is_preview=False)
    shown = with_shown_name(interviews, request.actor.id).select_related("position", "stage", "kit_version")
    return get_object_or_404(shown, id=interview_id)


def _require_watching(request: TeamRequest, interview: Interview) -> None:
    """What was this member's once says so, and where their words are."""
    if may_watch_interview(request.actor, interview):
        return
    if is_held_back(request.actor, interview):
        raise NotAllowed("calibrate_first", calibrate_first())
    if may_read_kept(request.actor, interview):
        raise NotAllowed("no_longer_yours", no_longer_yours())
    raise NotAllowed("not_allowed", _("You may not watch these answers."))


def _answer(interview: Interview, question_id: uuid.UUID) -> Answer | None:
    return (
        interview.answers.select_related("chosen_take__recording", "chosen_written", "question")
        .filter(question=question_id)
        .first()
    )


def _room(interview: Interview, mine: OwnScorecard, *, rates: bool) -> dict[str, object]:
    """What the room's pages share. `rates` is what `may_rate` says."""
    return {
        "interview": interview,
        "who": interview.shown_name,
        "mine": mine,
        "rates": rates,
        "words": {**player_words(reading_counts(interview)), **rating_words(), **transcript_words(), **pin_words()},
    }


def _saving(
    request: TeamRequest, interview: Interview, draft: str, revision: int, fixed: dict[str, str]
) -> dict[str, object]:
    """The configuration of static/bothways/team/review/rating.js."""
    save_url = reverse("team:review-save", args=[request.organization.slug, interview.id])
    return {
        "save_url": save_url,
        "csrf_token": get_token(request),
        "drafts": f"bothways.draft:{request.actor.id}:{interview.id}:",
        "draft": draft,
        "revision": revision,
        "fixed": fixed,
    }


def _question_url(request: TeamRequest, interview: Interview, place: int) -> str:
    return reverse("team:review-question", args=[request.organization.slug, interview.id, place])


def _end_url(request: TeamRequest, interview: Interview, *, rates: bool) -> str:
    if rates:
        return reverse("team:review-overall", args=[request.organization.slug, interview.id])
    return reverse("team:compare", args=[request.organization.slug, interview.stage_id])
