"""What a candidate asked the team, as their pages show it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from bothways.conversations.actions.inquiries import mark_read
from bothways.conversations.models import Inquiry, PublishedAnswer
from bothways.conversations.queries.inquiries import inquiries_of
from bothways.conversations.queries.published import published_of
from bothways.media.models import Recording
from bothways.media.queries.transcripts import Words
from bothways.web.candidate.access import CandidateRequest
from bothways.web.clips import ShownClip, Viewer, shown_clip, words_of


@dataclass(frozen=True, slots=True)
class ShownInquiry:
    """`is_new`: its answer stands on a page for the first time."""

    inquiry: Inquiry
    question: ShownClip | None
    reply: ShownClip | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class OthersAsked:
    published: PublishedAnswer
    clip: ShownClip | None


def others_asked(request: CandidateRequest) -> list[OthersAsked]:
    """What everybody in the position reads. One query where nothing is published, two more for recordings."""
    interview = request.interview
    answers = published_of(interview.position)
    words = words_of(interview, [one.recording for one in answers])
    return [OthersAsked(one, _shown(request, one.recording, words)) for one in answers]


def shown_inquiries(request: CandidateRequest) -> list[ShownInquiry]:
    """Everything that was asked in this interview, the newest first. Whoever gets the page has read the answers."""
    interview = request.interview
    found = inquiries_of(interview)
    words = words_of(interview, [one for inquiry in found for one in (inquiry.recording, inquiry.reply)])
    shown_ones = [
        ShownInquiry(one, _shown(request, one.recording, words), _shown(request, one.reply, words), _is_new(one))
        for one in found
    ]
    if request.method == "GET" and any(one.is_new for one in shown_ones):
        mark_read(interview=interview, actor=request.actor)
    return shown_ones


def _is_new(inquiry: Inquiry) -> bool:
    return not inquiry.is_open and inquiry.read_at is None


def _shown(
    request: CandidateRequest, recording: Recording | None, words: Mapping[uuid.UUID, Words]
) -> ShownClip | None:
    if recording is None:
        return None
    captions = reverse("candidate:ask-captions", args=[request.token, recording.id])
    return shown_clip(recording, Viewer("candidate", request.interview.id), words.get(recording.id), captions)
