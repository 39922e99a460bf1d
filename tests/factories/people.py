"""People as the list finds them."""

from bothways.interviews.models import Interview, PersonWord
from bothways.interviews.queries.person_words import words_of


def make_findable(interview: Interview) -> Interview:
    """Gives an interview that was made directly the words by which a search finds it."""
    candidate = interview.application.candidate
    PersonWord.objects.bulk_create(
        PersonWord(organization=interview.organization, position=interview.position, interview=interview, word=word)
        for word in words_of(candidate.name, candidate.email)
    )
    return interview
