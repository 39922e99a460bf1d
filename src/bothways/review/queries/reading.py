"""Whether and how fast the text of a spoken answer is read: as if reading played it, from its beginning on."""

from bothways.interviews.models import Answer, Interview
from bothways.interviews.queries.reading import reading_ms
from bothways.media.models import Transcript
from bothways.media.queries.transcripts import Words, words_of


def reading_counts(interview: Interview) -> bool:
    """Whether reading what was said counts as watching: the kit says so, for everybody alike, or raters only read."""
    return interview.kit_version.reading_counts or (interview.stage is not None and interview.stage.hides_voice)


def reading_speed(answer: Answer, words: Words | None) -> float | None:
    """Recorded seconds that go by in a second of reading; None where reading does not count or there is no text.

    The whole text takes as long as an answer in writing of its length, so that who speaks slowly is read fast.
    """
    if not reading_counts(answer.interview) or words is None or not words.utterances or answer.chosen_take is None:
        return None
    duration_ms = answer.chosen_take.recording.duration_ms
    return duration_ms / reading_ms(" ".join(one.text for one in words.utterances)) if duration_ms else None


def words_to_read(answer: Answer) -> Words | None:
    """What of the chosen take's text may be shown. One query."""
    if answer.chosen_take is None:
        return None
    found = Transcript.objects.filter(organization=answer.organization_id, recording=answer.chosen_take.recording_id)
    transcript = found.first()
    return words_of(transcript) if transcript else None
