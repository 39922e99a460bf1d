"""A candidate's own words as text: corrected, or switched off for one take. As long as the recording is kept, because
the text may come after the answers are sent."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.interviews.actions.answering import locked
from bothways.interviews.models import Interview
from bothways.interviews.queries.transcripts import OwnWords, words_of_take
from bothways.lib.errors import Refused
from bothways.lib.webvtt import clean_text
from bothways.media.actions.transcripts import correct_transcript, switch_transcript
from bothways.media.utterances import Utterance

LONGEST_TEXT = 5000
"""Letters of one utterance."""


@transaction.atomic
def correct_own_words(*, interview: Interview, place: int, texts: Sequence[str], seen: str, actor: Actor) -> None:
    """Keep a text for each row of the chosen take, in their order. An empty one takes the row out of what is shown.
    What others said in a talk stays as it is.

    `seen` says which words the page was made from.

    Raises:
        CorrectedElsewhere: other words stand by now.
        Refused: `no_text`, `other_rows` or `too_long`.
    """
    own = _ready(interview, place, actor)
    if len(texts) != len(own.rows):
        words = _("The text has other parts now than on your page, so nothing was saved. What you wrote stands below.")
        raise Refused("other_rows", words)
    corrected = [_corrected(row, text) for row, text in zip(own.rows, texts, strict=True)]
    if corrected != list(own.rows):
        written = iter(corrected)
        lines = [next(written) if line in own.rows else line for line in own.lines]
        correct_transcript(transcript_id=own.transcript_id, utterances=lines, actor=actor, seen=seen)


@transaction.atomic
def switch_own_words(*, interview: Interview, place: int, on: bool, actor: Actor) -> None:
    """Let others read the text of the chosen take, or nobody. While it is still being made, too.

    Raises:
        Refused: `no_text`.
    """
    switch_transcript(transcript_id=_own(interview, place, actor).transcript_id, on=on, actor=actor)


def _own(interview: Interview, place: int, actor: Actor) -> OwnWords:
    own = words_of_take(locked(interview, actor), place)
    if own is None:
        raise Refused("no_text", _("There is no text for this answer. Your recording is safe."))
    return own


def _ready(interview: Interview, place: int, actor: Actor) -> OwnWords:
    own = _own(interview, place, actor)
    if not own.is_ready:
        raise Refused("no_text", _("The text of this answer is not there yet. Your recording is safe."))
    return own


def _corrected(row: Utterance, text: str) -> Utterance:
    """What was not touched keeps the times of its words."""
    text = _plain(text)
    if len(text) > LONGEST_TEXT:
        words = _("One part has %(length)d characters, and %(most)d are the most. Nothing was saved.")
        raise Refused("too_long", words % {"length": len(text), "most": LONGEST_TEXT})
    return row if text == _plain(row.text) else replace(row, text=text, words=())


def _plain(text: str) -> str:
    return " ".join(clean_text(text).split())
