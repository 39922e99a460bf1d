"""Answers in which something was said, through the verbs."""

from bothways.interviews.models import Interview
from bothways.media.actions.transcripts import keep_transcript
from bothways.media.models import Recording, Transcript
from bothways.media.utterances import Utterance


def say(interview: Interview, place: int, *texts: str, language: str = "en") -> Transcript:
    """As if a machine had heard this in the chosen take of a question: an utterance of two seconds for each text."""
    recording = interview.answers.get(question__place=place).chosen_take.recording
    Recording.objects.filter(id=recording.id).update(language=language)
    recording.refresh_from_db()
    utterances = [Utterance(number * 2000, number * 2000 + 2000, text) for number, text in enumerate(texts)]
    return keep_transcript(recording=recording, engine="by hand", utterances=utterances)
