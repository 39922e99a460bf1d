"""The texts in which answers are found by their words, in step with what others may read."""

import unicodedata
from collections.abc import Sequence

from django.db import transaction

from bothways.interviews.models import HiddenWords, Interview, SpokenText, Take
from bothways.interviews.queries.hidden_words import NO_SIGN, checked_masks
from bothways.interviews.queries.spoken_marks import BEGIN, END
from bothways.lib.masking import Mask, hide
from bothways.media.models import Transcript
from bothways.media.queries.transcripts import words_of
from bothways.media.utterances import Utterance

LONGEST_TEXT = 100_000
"""Letters that are indexed of one take: two hours of speech. PostgreSQL indexes no text much longer than that."""

_UNMARKED = str.maketrans("", "", BEGIN + END)
"""Nobody says the letters between which a search marks what it found, and no text has them."""


@transaction.atomic
def keep_spoken_text(*, transcript: Transcript) -> None:
    """Make the text of a take as its words stand now, or take it away. Recordings that are no take of a candidate, as
    in a preview, have none.

    Where raters read text only, other words want another look at what is hidden, and until then nobody finds any.
    """
    take = Take.objects.select_related("answer__interview__stage").filter(recording=transcript.recording_id).first()
    if take is None or take.answer.interview.position_id is None:
        return
    interview = take.answer.interview
    if interview.stage is not None and interview.stage.hides_voice:
        HiddenWords.objects.filter(interview=interview).update(checked_by=None, checked_at=None)
        SpokenText.objects.filter(interview=interview).delete()
        return
    _keep(take, transcript, ())


@transaction.atomic
def keep_spoken_texts_of(interview: Interview) -> None:
    """The texts of an interview in which words are hidden, as somebody has checked them; none before."""
    SpokenText.objects.filter(interview=interview).delete()
    masks = checked_masks(interview)
    if masks is None:
        return
    takes = {
        take.recording_id: take
        for take in Take.objects.select_related("answer__interview").filter(answer__interview=interview)
    }
    for transcript in Transcript.objects.filter(recording__in=takes):
        _keep(takes[transcript.recording_id], transcript, masks)


def _keep(take: Take, transcript: Transcript, masks: Sequence[Mask]) -> None:
    words = words_of(transcript)
    if words is None or not words.utterances:
        SpokenText.objects.filter(take=take).delete()
        return
    utterances = _indexed(words.utterances)
    is_talk = any(utterance.speaker is not None for utterance in utterances)
    SpokenText.objects.update_or_create(
        take=take,
        defaults={
            "organization_id": take.organization_id,
            "position_id": take.answer.interview.position_id,
            "interview_id": take.answer.interview_id,
            "language": words.language.partition("-")[0].lower(),
            "text": "\n".join(_line(hide(utterance.text, masks, NO_SIGN)) for utterance in utterances),
            "starts_ms": [utterance.start_ms for utterance in utterances],
            "speakers": [utterance.speaker for utterance in utterances] if is_talk else None,
        },
    )


def _indexed(utterances: tuple[Utterance, ...]) -> list[Utterance]:
    kept, letters = [], 0
    for utterance in utterances:
        letters += len(utterance.text)
        if letters > LONGEST_TEXT:
            break
        kept.append(utterance)
    return kept


def _line(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_UNMARKED)
    return " ".join(text.split())
