"""Asking once more about an answer, and what becomes of it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bothways.conversations.actions.follow_up_answers import mark_heard, release_answer
from bothways.conversations.actions.follow_ups import Asking, follow_up, follow_up_everybody, take_back
from bothways.conversations.models import Clip, FollowUp
from bothways.conversations.policies import may_follow_up, may_read_follow_up, may_see_follow_ups
from bothways.conversations.queries.clips import prompt_clips, unsent_of
from bothways.conversations.queries.follow_ups import how_many_with, own_follow_ups, standing_of
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused, require
from bothways.media.models import RecordingState
from bothways.media.queries.transcripts import words_by_recording
from bothways.media.spoken_cues import spoken_cues
from bothways.notify.queries.sending import sending_words
from bothways.review.queries.identity import with_shown_name
from bothways.web.captions import cues_response
from bothways.web.clips import Viewer, shown_clip
from bothways.web.follow_up_words import team_words
from bothways.web.team.access import TeamRequest, member_required
from bothways.web.team.follow_ups import asking, said_in
from bothways.web.team.forms.follow_ups import FollowUpForm
from bothways.web.team.playing import WATCHERS


@require_safe
@never_cache
@member_required(*WATCHERS)
def follow_ups_list(request: TeamRequest) -> HttpResponse:
    """What this member asked once more, the newest first."""
    asked = own_follow_ups(request.actor)
    own = Interview.objects.filter(id__in={one.interview_id for one in asked})
    names = dict(with_shown_name(own, request.actor.id).values_list("id", "shown_name"))
    lines = [
        (one, names[one.interview_id], *team_words(one, standing_of(one, decided=one.is_decided))) for one in asked
    ]
    return render(request, "team/follow_ups/list.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required(*WATCHERS)
def follow_ups_new(request: TeamRequest, interview_id: uuid.UUID, place: int) -> HttpResponse:
    """The form by itself: with what was recorded for it, or because something is wrong with what was sent."""
    interview, question = to_ask(request, interview_id, place)
    clip, times = _clip(request, interview, question), has_times(interview, question)
    others = how_many_with(interview, question)
    form = FollowUpForm(request.POST or None, who=interview.shown_name, others=others, times=times)
    if request.method == "POST" and form.is_valid():
        try:
            told = _ask(request, interview, question, form, clip)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, f"{told} {sending_words()}")
            return redirect(_beside(request, interview, question))
    page = {
        **asking(request, interview, question, times=times, form=form),
        "interview": interview,
        "who": interview.shown_name,
        "question": question,
        "clip": clip,
        "prompt": clip and shown_clip(clip.recording, Viewer("member", request.actor.id), None, ""),
        "back": _beside(request, interview, question),
    }
    return render(request, "team/follow_ups/new.html", page, status=422 if form.errors else 200)


@require_POST
@member_required(*WATCHERS)
def follow_ups_take_back(request: TeamRequest, follow_up_id: uuid.UUID) -> HttpResponse:
    """Nobody needs the answer any more."""
    return _done(request, follow_up_id, take_back, _("Taken back. The candidate’s page says so."))


@require_POST
@member_required(*WATCHERS)
def follow_ups_heard(request: TeamRequest, follow_up_id: uuid.UUID) -> HttpResponse:
    """The answer was watched or read."""
    return _done(request, follow_up_id, mark_heard, _("Noted. The candidate reads that somebody has heard the answer."))


@require_POST
@member_required(*WATCHERS)
def follow_ups_release(request: TeamRequest, follow_up_id: uuid.UUID) -> HttpResponse:
    """Raters may read the answer, masked."""
    return _done(request, follow_up_id, release_answer, _("Released. Raters read it with the words hidden."))


@require_safe
@member_required(*WATCHERS)
def follow_ups_captions(request: TeamRequest, follow_up_id: uuid.UUID, recording_id: uuid.UUID) -> HttpResponse:
    """What is said in the question or in the answer, for the player."""
    asked = found(request, follow_up_id)
    is_prompt = asked.prompt_id == recording_id
    require(may_see_follow_ups(request.actor, asked.interview), _("You may not watch these answers."))
    if not is_prompt and (asked.recording_id != recording_id or not may_read_follow_up(request.actor, asked)):
        raise Http404
    said = words_by_recording(request.organization.id, [recording_id]).get(recording_id)
    words = said if said is None or is_prompt else said_in(request, asked, said)
    recording = asked.prompt if is_prompt else asked.recording
    if words is None or recording is None:
        raise Http404
    return cues_response(spoken_cues(words.utterances, recording.duration_ms or 0))


def to_ask(request: TeamRequest, interview_id: uuid.UUID, place: int) -> tuple[Interview, Question]:
    """An interview in which this member may ask once more, and the question whose answer it is about."""
    own = Interview.objects.filter(organization=request.organization, is_preview=False)
    related = with_shown_name(own, request.actor.id).select_related("organization", "stage", "position", "kit_version")
    interview = get_object_or_404(related, id=interview_id)
    words = _("You can ask once more when your own ratings are in, and before somebody has decided.")
    require(may_follow_up(request.actor, interview), words)
    return interview, get_object_or_404(Question, kit_version=interview.kit_version_id, place=place)


def picked_key(interview_id: uuid.UUID, place: int) -> str:
    """Where the session keeps which recording was picked for the form."""
    return f"follow-up:{interview_id}:{place}"


def found(request: TeamRequest, follow_up_id: uuid.UUID) -> FollowUp:
    """The follow-up of this organization, or 404."""
    rows = FollowUp.objects.filter(organization=request.organization).select_related(
        "organization", "question", "prompt", "recording", "interview__stage", "interview__organization"
    )
    return get_object_or_404(rows, id=follow_up_id)


def has_times(interview: Interview, question: Question) -> bool:
    """Whether the answer is a recording that plays."""
    ready = {"chosen_take__recording__state": RecordingState.READY}
    return interview.answers.filter(question=question, **ready).exists()


def _ask(request: TeamRequest, interview: Interview, question: Question, form: FollowUpForm, clip: Clip | None) -> str:
    """Ask the verb. Returns what happened, in words."""
    asked = Asking(form.cleaned_data["words"], clip, form.cleaned_data["days"])
    which = {"actor": request.actor, "interview": interview, "question": question, "asking": asked}
    if not form.asks_everybody:
        start_ms, end_ms = form.cleaned_data.get("when", (None, None))
        follow_up(**which, start_ms=start_ms, end_ms=end_ms)
        return _("Asked. %(who)s gets a mail with a link.") % {"who": interview.shown_name}
    count = len(follow_up_everybody(**which))
    words = ngettext(
        "Asked. %(n)d person gets a mail with a link.", "Asked. %(n)d people get a mail with a link each.", count
    )
    return words % {"n": count}


def _clip(request: TeamRequest, interview: Interview, question: Question) -> Clip | None:
    """The try that was picked for this question and not used yet. A form names it, so that nothing goes along that
    nobody has seen there."""
    picked = request.session.get(picked_key(interview.id, question.place))
    named = request.POST.get("clip") if request.method == "POST" else picked
    unsent = unsent_of(prompt_clips(interview, question, request.actor.id)) if named else []
    return next((clip for clip in unsent if str(clip.id) == named), None)


def _done(request: TeamRequest, follow_up_id: uuid.UUID, verb: Callable[..., FollowUp], told: str) -> HttpResponse:
    asked = found(request, follow_up_id)
    try:
        verb(actor=request.actor, follow_up=asked)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.warning(request, refused.words)
    else:
        messages.success(request, told)
    return redirect(_beside(request, asked.interview, asked.question))


def _beside(request: TeamRequest, interview: Interview, question: Question) -> str:
    """Beside the first answer."""
    page = reverse("team:review-question", args=[request.organization.slug, interview.id, question.place])
    return f"{page}#follow-ups"
