"""Feedback, as the candidate's page shows it."""

from dataclasses import dataclass

from django.urls import reverse

from bothways.conversations.actions.feedback import mark_feedback_read
from bothways.conversations.models import Feedback, FeedbackPart
from bothways.conversations.queries.feedback import sent_feedback
from bothways.web.candidate.access import CandidateRequest
from bothways.web.clips import ShownClip, Viewer, shown_clip, words_of


@dataclass(frozen=True, slots=True)
class ShownFeedback:
    """`is_new`: it stands on a page for the first time."""

    feedback: Feedback
    parts: list[FeedbackPart]
    clip: ShownClip | None
    is_new: bool


def shown_feedback(request: CandidateRequest) -> ShownFeedback | None:
    """What has been sent, or None. Whoever gets the page has read it."""
    interview = request.interview
    feedback = sent_feedback(interview)
    if feedback is None:
        return None
    is_new, clip = feedback.read_at is None, None
    if feedback.recording:
        captions = reverse("candidate:ask-captions", args=[request.token, feedback.recording_id])
        words = words_of(interview, [feedback.recording]).get(feedback.recording_id)
        clip = shown_clip(feedback.recording, Viewer("candidate", interview.id), words, captions)
    if is_new and request.method == "GET":
        mark_feedback_read(interview=interview, actor=request.actor)
    return ShownFeedback(feedback, list(feedback.parts.all()), clip, is_new)
