"""Follow-ups as the candidate's pages show them."""

import uuid
from dataclasses import dataclass, replace

from django.http import Http404
from django.urls import reverse

from bothways.conversations.models import FollowUp
from bothways.conversations.queries.follow_ups import Standing, follow_up_of, follow_ups_of, is_decided, standing_of
from bothways.interviews.models import Answer
from bothways.interviews.queries.takes import Playback, playback_of
from bothways.interviews.queries.transcripts import OwnWords, words_of_takes
from bothways.interviews.queries.written import ShownWriting, shown_writing
from bothways.media.models import Recording
from bothways.web.candidate.access import CandidateRequest
from bothways.web.clips import ShownClip, Viewer, shown_clip, words_of
from bothways.web.follow_up_words import candidate_words
from bothways.web.stretches import shown_when

OPEN = (Standing.ASKED, Standing.OPENED)


@dataclass(frozen=True, slots=True)
class AskedFollowUp:
    """One line in a list."""

    follow_up: FollowUp
    standing: Standing
    sign: str
    words: str

    @property
    def is_open(self) -> bool:
        return self.standing in OPEN


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """What the candidate sent first: to play, at the stretch that is meant, or to read."""

    playback: Playback | None
    duration_ms: int
    when: str
    said: OwnWords | None
    writing: ShownWriting | None


def asked_follow_ups(request: CandidateRequest) -> list[AskedFollowUp]:
    """All of this interview, in the order in which they were asked. Two queries at most, one where there are none."""
    found = follow_ups_of(request.interview)
    decided = bool(found) and is_decided(request.interview)
    return [_line(one, standing_of(one, decided=decided)) for one in found]


def found_follow_up(request: CandidateRequest, follow_up_id: uuid.UUID) -> AskedFollowUp:
    """One of this interview, or 404."""
    found = follow_up_of(request.interview, follow_up_id)
    if found is None:
        raise Http404
    return _line(found, standing_of(found, decided=is_decided(request.interview)))


def first_answer(request: CandidateRequest, follow_up: FollowUp) -> FirstAnswer | None:
    """None once it was erased. A browser begins and ends a stretch by its address
    (https://www.w3.org/TR/media-frags/)."""
    answers = Answer.objects.select_related("chosen_take__recording", "chosen_written")
    answer = answers.filter(interview=request.interview, question=follow_up.question_id).first()
    if answer is None:
        return None
    written, take = answer.chosen_written, answer.chosen_take
    playback = playback_of(take.recording, request.interview.id) if take else None
    if playback and follow_up.start_ms is not None:
        until = "" if follow_up.end_ms is None else f",{follow_up.end_ms / 1000:g}"
        playback = replace(playback, url=f"{playback.url}#t={follow_up.start_ms / 1000:g}{until}")
    return FirstAnswer(
        playback=playback,
        duration_ms=(take.recording.duration_ms or 0) if take else 0,
        when="" if follow_up.start_ms is None else shown_when(follow_up.start_ms, follow_up.end_ms),
        said=words_of_takes(request.interview, [take]).get(take.recording_id) if take else None,
        writing=shown_writing(follow_up.question, written) if written else None,
    )


def shown_recordings(request: CandidateRequest, follow_up: FollowUp) -> tuple[ShownClip | None, ShownClip | None]:
    """The question and the answer, as far as they were recorded. One query."""
    words = words_of(request.interview, [follow_up.prompt, follow_up.recording])

    def shown(recording: Recording | None) -> ShownClip | None:
        if recording is None:
            return None
        captions = reverse("candidate:ask-captions", args=[request.token, recording.id])
        return shown_clip(recording, Viewer("candidate", request.interview.id), words.get(recording.id), captions)

    return shown(follow_up.prompt), shown(follow_up.recording)


def _line(follow_up: FollowUp, standing: Standing) -> AskedFollowUp:
    return AskedFollowUp(follow_up, standing, *candidate_words(follow_up, standing))
