"""What a page shows of an answer where words are masked, and in the place of a player where raters only read."""

from dataclasses import dataclass
from typing import Any

from bothways.interviews.models import Answer, Interview, NoteToReviewers, WrittenAnswer
from bothways.interviews.queries.hidden_words import masked, masked_words, masked_writing
from bothways.interviews.queries.written import ShownWriting, shown_writing
from bothways.kits.models import AnswerKind, Question
from bothways.lib.masking import Mask
from bothways.media.models import Transcript
from bothways.media.queries.transcripts import Words, words_of
from bothways.media.utterances import spoken_by
from bothways.review.queries.masking import are_files_open
from bothways.review.queries.reading import reading_speed
from bothways.web.team.access import TeamRequest
from bothways.web.team.playing import own_coverage, spoken_reader_config
from bothways.web.team.transcript import is_awaited, transcript_of


def shown_words(transcript: Transcript | None, masks: list[Mask] | None) -> Words | None:
    """The text of what is played, masked where words are: what is signed is seen, and still read like the rest."""
    said = words_of(transcript) if transcript else None
    return said if said is None or masks is None else masked_words(said, masks)


@dataclass(frozen=True, slots=True)
class ShownNote:
    text: str


def masked_note(note: NoteToReviewers | None, masks: list[Mask] | None) -> ShownNote | None:
    """The candidate's own words to who rates, masked like the answers."""
    if note is None:
        return None
    return ShownNote(note.text if masks is None else masked(note.text, masks))


def shown_given(
    interview: Interview, question: Question, written: WrittenAnswer, masks: list[Mask] | None
) -> ShownWriting:
    """What was written, picked or sent."""
    given = shown_writing(question, written)
    if masks is None:
        return given
    with_files = question.answer_kind == AnswerKind.FILES and are_files_open(interview)
    return masked_writing(given, masks, with_files=with_files)


def text_alone(request: TeamRequest, answer: Answer, masks: list[Mask], who: str) -> dict[str, Any]:
    """A spoken answer as something to read: its masked text, and what measures that it was read. `who` is what this
    member reads of the candidate."""
    transcript = transcript_of(answer)
    said = words_of(transcript) if transcript else None
    speed = reading_speed(answer, said)
    page: dict[str, Any] = {"is_read": True, "is_awaited": is_awaited(transcript), "transcript": None}
    if said is None or not said.utterances or speed is None:
        return page
    lines = [(spoken_by(one, who), one.text) for one in masked_words(said, masks).utterances]
    text = "\n\n".join(f"{speaker}: {line}" if speaker else line for speaker, line in lines)
    return {
        **page,
        "given": ShownWriting(text=text, options=(), number="", unit=""),
        "answer_id": answer.id,
        "reader_config": spoken_reader_config(request, answer, own_coverage(request, answer), speed),
        "spoken_language": said.language,
    }
