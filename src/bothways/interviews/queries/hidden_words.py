"""What raters read where they read text only: what was said and written, with words masked that tell who it is."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import F, Q

from bothways.interviews.models import HiddenWords, Interview, InterviewState, MaskKind, NoteToReviewers
from bothways.interviews.queries.mask_proposals import own_names, proposals
from bothways.interviews.queries.written import ShownWriting
from bothways.lib.has import IS_SET, Has
from bothways.lib.masking import Mask, hide
from bothways.media.queries.transcripts import Words, words_by_recording
from bothways.positions.models import BlindLevel, Position

MOST_NAMED = 20
"""People who are named in a list because they wait to be checked."""

NO_SIGN = dict.fromkeys(MaskKind.values, "⟦…⟧")
"""In texts that are searched: nobody finds a mask by its kind."""


@dataclass(frozen=True, slots=True)
class Text:
    """One answer, or the note to those who rate (place 0), as it is and as raters read it."""

    place: int
    question: str
    plain: tuple[str, ...]


def hidden_words_of(interview: Interview) -> HiddenWords | None:
    """One query."""
    return HiddenWords.objects.filter(organization=interview.organization_id, interview=interview).first()


def checked_masks(interview: Interview) -> list[Mask] | None:
    """What a person has found to be enough; None while nobody has looked, and then raters read nothing. One query."""
    found = hidden_words_of(interview)
    return masks_in(found.masks) if found and found.checked_at else None


def masks_in(rows: Iterable[list[str]]) -> list[Mask]:
    return [Mask(words, kind) for words, kind in rows]


def masks_now(interview: Interview, found: HiddenWords | None, texts: list[Text]) -> list[Mask]:
    """What would be hidden: what people added, and what is proposed and was not allowed."""
    candidate = interview.application.candidate
    added = masks_in(found.added) if found else []
    kept = set(found.kept if found else ())
    lines = [line for text in texts for line in text.plain]
    proposed = [*own_names(candidate.name, candidate.email), *proposals(lines, interview.language)]
    known = {mask.key: mask for mask in (*proposed, *added) if mask.key not in kept}
    return list(known.values())


def texts_of(interview: Interview) -> list[Text]:
    """All that raters could read of an interview, unmasked: for who checks it. A fixed number of queries."""
    answers = list(
        interview.answers.select_related("question", "chosen_take", "chosen_written").order_by("question__place")
    )
    recordings = [answer.chosen_take.recording_id for answer in answers if answer.chosen_take]
    said = words_by_recording(interview.organization_id, recordings)
    note = NoteToReviewers.objects.filter(organization=interview.organization_id, interview=interview).first()
    texts = [Text(0, "", tuple(note.text.splitlines()))] if note else []
    for answer in answers:
        plain: tuple[str, ...] = ()
        if answer.chosen_take and answer.chosen_take.recording_id in said:
            plain = tuple(one.text for one in said[answer.chosen_take.recording_id].utterances)
        elif answer.chosen_written:
            plain = tuple(answer.chosen_written.text.splitlines())
        texts.append(Text(answer.question.place, answer.question.text, plain))
    return texts


def wording(texts: list[Text], masks: list[Mask]) -> str:
    """Tells whether somebody who checks has read what stands there now."""
    told = [[text.place, *text.plain] for text in texts], sorted([mask.key, mask.kind] for mask in masks)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def signs() -> dict[str, str]:
    """What stands in the place of masked words, in the reader's language."""
    return {kind.value: f"⟦{kind.label}⟧" for kind in MaskKind}


def masked(text: str, masks: Iterable[Mask]) -> str:
    return hide(text, masks, signs())


def masked_words(words: Words, masks: Iterable[Mask]) -> Words:
    """The same utterances with signs in them. Words with times of their own would spell out what is hidden."""
    masks = list(masks)
    lines = tuple(replace(one, text=masked(one.text, masks), words=()) for one in words.utterances)
    return replace(words, utterances=lines)


def masked_writing(given: ShownWriting, masks: Iterable[Mask], *, with_files: bool) -> ShownWriting:
    """What was written, masked; files only where they were released."""
    files = given.files if with_files else ()
    return replace(
        given, text=masked(given.text, masks), files=files, are_withheld=bool(given.files) and not with_files
    )


def may_be_read() -> Q:
    """Of an interview: nothing has to be hidden in it, or a person has checked what is."""
    checked = Has(HiddenWords, interview=F("pk"), checked_at=IS_SET)
    return ~Q(stage__blind_level=BlindLevel.TEXT) | Q(checked)


def unchecked_in(position: Position) -> list[Interview]:
    """Who sent answers that nobody can rate yet, because nobody has looked through the words; the longest wait first.

    No query where no stage hides words, when the stages are there; else one.
    """
    stages = [stage.id for stage in position.stages.all() if stage.hides_voice]
    if not stages:
        return []
    sent = Interview.objects.filter(
        ~may_be_read(),
        organization=position.organization_id,
        stage__in=stages,
        state=InterviewState.SUBMITTED,
        is_preview=False,
    )
    return list(sent.select_related("application__candidate").order_by("submitted_at", "id")[:MOST_NAMED])
