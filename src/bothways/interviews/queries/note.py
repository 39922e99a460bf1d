"""Reading a candidate's note to those who rate."""

from bothways.interviews.models import Interview, NoteToReviewers


def note_of(interview: Interview) -> NoteToReviewers | None:
    """The note, if the candidate wrote one. One query."""
    return NoteToReviewers.objects.filter(organization=interview.organization_id, interview=interview).first()
