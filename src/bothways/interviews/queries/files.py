"""Finding one file of an answer, never by a name that somebody typed."""

import uuid

from bothways.interviews.models import Answer, AnswerFile, Interview


def own_file(interview: Interview, place: int, file_id: uuid.UUID) -> AnswerFile | None:
    """A file of this interview's answer to the question at this place. One query."""
    files = AnswerFile.objects.filter(
        organization=interview.organization_id,
        written__answer__interview=interview,
        written__answer__question__place=place,
    )
    return files.filter(id=file_id).first()


def chosen_file(answer: Answer, file_id: uuid.UUID) -> AnswerFile | None:
    """A file of what was chosen as this answer. One query."""
    files = AnswerFile.objects.filter(organization=answer.organization_id, written=answer.chosen_written_id)
    return files.filter(id=file_id).first()
