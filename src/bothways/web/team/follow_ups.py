"""Follow-ups beside the first answer, and what the form to ask one needs."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bothways.conversations.models import FollowUp
from bothways.conversations.policies import (
    may_follow_up,
    may_hear_follow_up,
    may_read_follow_up,
    may_release_follow_up,
    may_see_follow_ups,
    may_take_back_follow_up,
)
from bothways.conversations.queries.follow_ups import (
    TURNS_BEFORE_TALKING,
    Standing,
    follow_ups_of,
    how_many_with,
    is_decided,
    standing_of,
    turns_with,
)
from bothways.interviews.models import Interview
from bothways.interviews.queries.hidden_words import masked, masked_words
from bothways.interviews.queries.mask_proposals import proposals
from bothways.kits.models import Question
from bothways.lib.masking import Mask
from bothways.media.actions.renditions import ask_for_voice_now
from bothways.media.addresses import media_address
from bothways.media.models import MediaKind, RecordingState
from bothways.media.queries.recordings import failure_words
from bothways.media.queries.renditions import sound_alone_fails
from bothways.media.queries.transcripts import Words
from bothways.review.queries.identity import hides_face
from bothways.review.queries.masking import masks_for
from bothways.review.queries.playback import recording_playback
from bothways.web.captions import spoken_label
from bothways.web.clips import ShownClip, Viewer, shown_clip, spoken_text, words_of
from bothways.web.follow_up_words import team_words
from bothways.web.stretches import shown_when
from bothways.web.team.access import TeamRequest
from bothways.web.team.forms.follow_ups import FollowUpForm


@dataclass(frozen=True, slots=True)
class ShownFollowUp:
    """`answer` plays, `text` is what was said or written in it, as far as this member may have either. `withheld`: in
    this step somebody looks through the words first; `checks`: that is for this member, who reads both versions."""

    follow_up: FollowUp
    sign: str
    words: str
    when: str
    second: int
    prompt: ShownClip | None
    answer: ShownClip | None
    text: str
    withheld: bool
    checks: bool
    masked_text: str
    may_hear: bool
    may_take_back: bool


def beside(request: TeamRequest, interview: Interview, question: Question, *, times: bool) -> dict[str, Any]:
    """What stands beside one answer: nothing at all for whom it is not."""
    if not may_see_follow_ups(request.actor, interview):
        return {}
    every = follow_ups_of(interview)
    decided = bool(every) and is_decided(interview)
    mine = [one for one in every if one.question_id == question.id]
    words = words_of(interview, [recording for one in mine for recording in (one.prompt, one.recording)])
    masks = masks_for(request.actor, interview) if mine else None
    page: dict[str, Any] = {
        "follow_ups": [_shown(request, one, standing_of(one, decided=decided), words, masks) for one in mine]
    }
    if may_follow_up(request.actor, interview):
        page |= asking(request, interview, question, times=times)
    return page


def asking(
    request: TeamRequest,
    interview: Interview,
    question: Question,
    *,
    times: bool,
    form: FollowUpForm | None = None,
) -> dict[str, Any]:
    """What the form to ask once more needs. Two queries. `form` is one that could not be sent."""
    others = how_many_with(interview, question)
    address = [request.organization.slug, interview.id, question.place]
    return {
        "follow_up_form": form
        or FollowUpForm(who=interview.shown_name, others=others, times=times, auto_id="follow_up_%s"),
        "follow_up_url": reverse("team:follow-ups-new", args=address),
        "follow_up_record_url": reverse("team:follow-ups-record", args=address),
        "follow_up_draft": f"bothways.follow-up:{request.actor.id}:{interview.id}:{question.place}",
        "suggests_talk": turns_with(interview) >= TURNS_BEFORE_TALKING,
        "may_plan_talk": request.actor.may_recruit,
    }


def _shown(
    request: TeamRequest,
    follow_up: FollowUp,
    standing: Standing,
    words: dict[uuid.UUID, Words],
    masks: list[Mask] | None,
) -> ShownFollowUp:
    actor = request.actor
    reads = follow_up.is_answered and may_read_follow_up(actor, follow_up)
    checks = follow_up.is_answered and not follow_up.released_at and masks is not None
    checks = checks and may_release_follow_up(actor, follow_up)
    said = words.get(follow_up.recording_id) if follow_up.recording_id else None
    plain = follow_up.written or spoken_text(said)
    hidden = _more_masks(follow_up, plain, masks)
    sign, state = team_words(follow_up, standing)
    return ShownFollowUp(
        follow_up=follow_up,
        sign=sign,
        words=state,
        when="" if follow_up.start_ms is None else shown_when(follow_up.start_ms, follow_up.end_ms),
        second=(follow_up.start_ms or 0) // 1000,
        prompt=_prompt(request, follow_up, words),
        answer=_answer(request, follow_up, said, hidden) if reads else None,
        text=_masked(plain, hidden) if reads else plain if checks else "",
        withheld=follow_up.is_answered and not reads,
        checks=checks,
        masked_text=_masked(plain, hidden) if checks else "",
        may_hear=reads and follow_up.heard_at is None and may_hear_follow_up(actor, follow_up),
        may_take_back=follow_up.is_asked and may_take_back_follow_up(actor, follow_up),
    )


def _more_masks(follow_up: FollowUp, text: str, masks: list[Mask] | None) -> list[Mask] | None:
    """The masks of the interview, and what is proposed for words that nobody had said before."""
    if masks is None:
        return None
    return [*masks, *proposals(text.splitlines(), follow_up.interview.language)]


def _masked(text: str, masks: list[Mask] | None) -> str:
    return text if masks is None else masked(text, masks)


def _prompt(request: TeamRequest, follow_up: FollowUp, words: dict[uuid.UUID, Words]) -> ShownClip | None:
    if follow_up.prompt is None:
        return None
    said = words.get(follow_up.prompt.id)
    captions = captions_address(request, follow_up, follow_up.prompt.id)
    return shown_clip(follow_up.prompt, Viewer("member", request.actor.id), said, captions)


def _answer(
    request: TeamRequest, follow_up: FollowUp, said: Words | None, masks: list[Mask] | None
) -> ShownClip | None:
    """To play as this member may have it: with the picture, only to be heard, or, where they only read, not at all."""
    recording, stage = follow_up.recording, follow_up.interview.stage
    if recording is None:
        return None
    is_hidden = hides_face(follow_up.interview, request.actor.id, is_signed=follow_up.is_signed)
    if is_hidden and stage is not None and stage.hides_voice:
        return None
    playing = recording_playback(recording, follow_up.id, with_picture=not is_hidden)
    source = playing.sources[0] if playing and playing.sources else None
    failed = recording.state == RecordingState.FAILED
    if is_hidden and source is None and recording.state == RecordingState.READY:
        failed = sound_alone_fails(recording)
        if not failed:
            ask_for_voice_now(recording=recording)
    shown = shown_in(said, masks)
    track = shown and {
        "url": captions_address(request, follow_up, recording.id),
        "language": shown.language,
        "label": spoken_label(shown.language, shown.by_machine),
    }
    viewer = request.actor.id
    return ShownClip(
        url=media_address(source.rendition_id, "member", viewer) if source else "",
        mime=source.mime if source else "",
        poster=media_address(playing.poster, "member", viewer) if playing and playing.poster else "",
        gain_db=playing.gain_db if playing else None,
        is_video=bool(playing and playing.kind == MediaKind.VIDEO),
        duration_ms=recording.duration_ms or 0,
        is_pending=source is None and not failed,
        failure=str(failure_words(recording.failure_code)) if failed else "",
        tracks=(track,) if track else (),
        text="",
    )


def said_in(request: TeamRequest, follow_up: FollowUp, said: Words) -> Words | None:
    """What is said in the answer, for its captions: masked where words are."""
    masks = _more_masks(follow_up, spoken_text(said), masks_for(request.actor, follow_up.interview))
    return shown_in(said, masks)


def shown_in(said: Words | None, masks: list[Mask] | None) -> Words | None:
    return said if said is None or masks is None else masked_words(said, masks)


def captions_address(request: TeamRequest, follow_up: FollowUp, recording_id: uuid.UUID) -> str:
    return reverse("team:follow-ups-captions", args=[request.organization.slug, follow_up.id, recording_id])
