"""What is said in an answer, as the page beside its player shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.interviews.models import Answer
from bothways.media.measurement import Stretch
from bothways.media.models import Recording, Transcript, TranscriptState
from bothways.media.queries.transcripts import Words
from bothways.media.utterances import LOW_CONFIDENCE, Utterance, spoken_by
from bothways.web.captions import spoken_label
from bothways.web.durations import clock
from bothways.web.team.access import TeamRequest


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of an utterance. `start_ms` is None between words, and where nobody has timed them."""

    text: str
    start_ms: int | None = None
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance or a part of it, or a silence: then there are no pieces. `speaker` is empty where it is not told
    apart who speaks."""

    start_ms: int
    end_ms: int
    pieces: tuple[Piece, ...] = ()
    speaker: str = ""

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
    """The transcript of what was chosen. One query, none where it is there already."""
    return transcript_of_recording(answer.chosen_take.recording) if answer.chosen_take else None


def transcript_of_recording(recording: Recording) -> Transcript | None:
    return getattr(recording, "transcript", None)


def is_awaited(transcript: Transcript | None) -> bool:
    """Whether text is being made. Whether somebody wants none is nobody's business, so it looks as if there were
    none."""
    return transcript is not None and transcript.state == TranscriptState.WAITING and not transcript.switched_off_at


def shown_transcript(
    request: TeamRequest, answer: Answer, words: Words | None, silences: Iterable[Stretch], who: str
) -> ShownTranscript | None:
    """What may be read of it, or None. `who` is what this member reads of the candidate."""
    url = reverse("team:review-captions", args=[request.organization.slug, answer.id])
    return written_out(words, silences, url, who)


def written_out(
    words: Words | None, silences: Iterable[Stretch], captions_url: str, who: str = ""
) -> ShownTranscript | None:
    """The same of any recording, with the address of its captions."""
    if words is None:
        return None
    lines = tuple(lines_of(words.utterances, silences, who)) if words.utterances else ()
    return ShownTranscript(
        lines=lines,
        language=words.language,
        by_machine=words.by_machine,
        unsure=sum(piece.is_unsure for line in lines for piece in line.pieces),
        captions_url=captions_url,
        captions_label=spoken_label(words.language, words.by_machine),
    )


def lines_of(utterances: Iterable[Utterance], silences: Iterable[Stretch], who: str = "") -> list[Line]:
    """Utterances and silences in their order. An utterance with a silence between its words is parted there."""
    quiet = [Line(start, end) for start, end in silences]
    spoken = [line for utterance in utterances for line in _parted(utterance, quiet, who)]
    return sorted([*spoken, *quiet], key=lambda line: line.start_ms)


def _parted(utterance: Utterance, quiet: Iterable[Line], who: str) -> Iterator[Line]:
    speaker = spoken_by(utterance, who)
    inside = [line for line in quiet if utterance.start_ms < line.start_ms and line.end_ms < utterance.end_ms]
    start_ms, pieces = utterance.start_ms, list[Piece]()
    for piece in pieces_of(utterance):
        while inside and piece.start_ms is not None and piece.start_ms >= inside[0].end_ms:
            pause = inside.pop(0)
            if pieces:
                yield Line(start_ms, pause.start_ms, tuple(pieces), speaker)
                start_ms, pieces = piece.start_ms, []
        pieces.append(piece)
    yield Line(start_ms, utterance.end_ms, tuple(pieces), speaker)


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
