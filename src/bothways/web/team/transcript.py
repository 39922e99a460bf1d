"""What is said in an answer, as the page beside its player shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.interviews.models import Answer
from bothways.media.models import Transcript, TranscriptState
from bothways.media.queries.transcripts import Words, words_of
from bothways.media.utterances import LOW_CONFIDENCE, Utterance
from bothways.web.captions import language_name
from bothways.web.durations import clock
from bothways.web.team.access import TeamRequest

SILENCE_MS = 2000
"""A pause as long as this is shown as one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of an utterance. `start_ms` is None between words, and where nobody has timed them."""

    text: str
    start_ms: int | None = None
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance, or a pause: then there are no pieces."""

    start_ms: int
    end_ms: int
    pieces: tuple[Piece, ...] = ()

    @property
    def clock(self) -> str:
        return clock(self.start_ms)

    @property
    def second(self) -> int:
        return self.start_ms // 1000

    @property
    def silence(self) -> str:
        """How long nobody speaks, in words."""
        seconds = round((self.end_ms - self.start_ms) / 1000)
        return ngettext("silence, %(n)d second", "silence, %(n)d seconds", seconds) % {"n": seconds}


@dataclass(frozen=True, slots=True)
class ShownTranscript:
    """`lines` is empty where nobody speaks, `unsure` counts the words of which the machine was not sure."""

    lines: tuple[Line, ...]
    language: str
    by_machine: bool
    unsure: int
    captions_url: str
    captions_label: str


def transcript_of(answer: Answer) -> Transcript | None:
    """The transcript of what was chosen. One query."""
    if answer.chosen_take is None:
        return None
    recording = answer.chosen_take.recording_id
    return Transcript.objects.filter(organization=answer.organization_id, recording=recording).first()


def is_awaited(transcript: Transcript | None) -> bool:
    """Whether text is being made. Whether somebody wants none is nobody's business, so it looks as if there were
    none."""
    return transcript is not None and transcript.state == TranscriptState.WAITING and not transcript.switched_off_at


def shown_transcript(
    request: TeamRequest, answer: Answer, transcript: Transcript | None, duration_ms: int
) -> ShownTranscript | None:
    """What may be read of it, or None."""
    words = words_of(transcript) if transcript else None
    if words is None:
        return None
    lines = tuple(lines_of(words.utterances, duration_ms))
    return ShownTranscript(
        lines=lines,
        language=words.language,
        by_machine=words.by_machine,
        unsure=sum(piece.is_unsure for line in lines for piece in line.pieces),
        captions_url=reverse("team:review-captions", args=[request.organization.slug, answer.id]),
        captions_label=_label(words),
    )


def lines_of(utterances: tuple[Utterance, ...], duration_ms: int) -> Iterator[Line]:
    """Utterances in their order, with the pauses before, between and after them."""
    ended = 0
    for utterance in utterances:
        if utterance.start_ms - ended >= SILENCE_MS:
            yield Line(ended, utterance.start_ms)
        yield Line(utterance.start_ms, utterance.end_ms, tuple(pieces_of(utterance)))
        ended = max(ended, utterance.end_ms)
    if utterances and duration_ms - ended >= SILENCE_MS:
        yield Line(ended, duration_ms)


def pieces_of(utterance: Utterance) -> Iterator[Piece]:
    """The text of an utterance taken apart at its words. Nothing of the text is lost: a word that is not found in it
    gives no piece of its own."""
    text, at = utterance.text, 0
    for word in utterance.words:
        spoken = word.text.strip()
        found = text.find(spoken, at) if spoken else -1
        if found < 0:
            continue
        if found > at:
            yield Piece(text[at:found])
        yield Piece(spoken, word.start_ms, word.confidence < LOW_CONFIDENCE)
        at = found + len(spoken)
    if at < len(text):
        yield Piece(text[at:], None if utterance.words else utterance.start_ms)


def transcript_words() -> dict[str, str]:
    """The words of static/bothways/player/transcript.js."""
    return {"found": _("{at} of {of}"), "found_nothing": _("Not in this answer")}


def _label(words: Words) -> str:
    name = language_name(words.language)
    return _("%(language)s, by a machine") % {"language": name} if words.by_machine else name
