"""Where somebody stopped, for their own page."""

from bothways.interviews.models import Interview, Passage


def stopped_at(interview: Interview, place: int) -> Passage | None:
    """The candidate's way through the question in this place, if it was opened and not answered. One query."""
    return Passage.objects.filter(interview=interview, question__place=place, answered_at=None).first()


def has_opened_a_question(interview: Interview) -> bool:
    return Passage.objects.filter(interview=interview).exists()
