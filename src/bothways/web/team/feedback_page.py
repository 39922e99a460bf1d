"""The recording of a feedback as the team plays it."""

from django.urls import reverse

from bothways.conversations.models import Feedback
from bothways.interviews.models import Interview
from bothways.web.clips import ShownClip, Viewer, shown_clip, words_of
from bothways.web.team.access import TeamRequest


def shown_recording(request: TeamRequest, interview: Interview, feedback: Feedback | None) -> ShownClip | None:
    if feedback is None or feedback.recording is None:
        return None
    words = words_of(interview, [feedback.recording]).get(feedback.recording_id)
    captions = reverse("team:feedback-captions", args=[request.organization.slug, interview.id])
    return shown_clip(feedback.recording, Viewer("member", request.actor.id), words, captions)
