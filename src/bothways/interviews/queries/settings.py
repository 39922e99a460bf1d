"""What a candidate set for themselves. For the candidate's own pages only: nothing in review may import this."""

from collections.abc import Iterable

from bothways.interviews.models import AnswerMode, CandidateSettings, Interview
from bothways.kits.models import Question


def settings_of(interview: Interview) -> CandidateSettings:
    """The settings, or the defaults, unsaved, where nothing was set. One query, none where they are loaded already."""
    # A missing row of the other side raises an AttributeError of its own.
    found: CandidateSettings | None = getattr(interview, "candidate_settings", None)
    return found or CandidateSettings(organization_id=interview.organization_id, interview_id=interview.id)


def needs_camera(interview: Interview, questions: Iterable[Question]) -> bool:
    """Whether the candidate means to record anything, so that checking camera and microphone makes sense."""
    return settings_of(interview).mode != AnswerMode.WRITING and any(question.is_recorded for question in questions)
