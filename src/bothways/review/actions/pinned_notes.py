"""Notes pinned to a second or a stretch of an answer: kept at each keystroke, closed with the scorecard."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.interviews.models import Answer, Interview
from bothways.kits.models import Question
from bothways.lib.errors import Refused
from bothways.media.models import Recording, RecordingState
from bothways.media.queries.transcripts import is_said
from bothways.review.actions.scorecards import Overtaken, open_scorecard
from bothways.review.models import PinnedNote, Scorecard

LONGEST_PINNED = 2000
MOST_PINNED = 100
"""Notes on one answer."""

SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the transcript, and from when to when they are said, in milliseconds of the recording."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Pin:
    """What stands in the form. Without `end_ms` it is a moment. Times are milliseconds of the recording."""

    start_ms: int
    end_ms: int | None
    text: str
    quote: Quote | None = None


@transaction.atomic
def pin_note(
    *,
    actor: Actor,
    interview: Interview,
    question_id: uuid.UUID,
    client_key: uuid.UUID,
    pin: Pin,
    revision: int | None = None,
) -> PinnedNote:
    """Pin a note to the own open scorecard, or change the one with this key. Sending the same again changes nothing.

    `revision` is the one the form started from, 0 for a new note; None overwrites whatever stands. A note that was
    removed meanwhile counts as something newer; to send it again with that revision brings it back.

    Raises:
        Overtaken: another revision with other words stands.
        Refused: `locked` after submitting; `question` for a foreign one; `no_recording`; `outside`, `end` for times;
            `note`, `quote` for words; `many`.
    """
    scorecard = open_scorecard(actor, interview)
    note = _standing(scorecard, question_id, client_key)
    recording = _recording(interview, question_id)
    pin = _fitting(pin, recording)
    if not note.removed_at and note.revision and _pin_of(note) == pin:
        return note
    if revision is not None and revision != note.revision:
        raise Overtaken(note)
    _require_words(pin, note, recording)
    if not note.revision:
        _require_room(scorecard, question_id)
        note.recording = recording
    note.start_ms, note.end_ms, note.text = pin.start_ms, pin.end_ms, pin.text
    note.quote = pin.quote.text if pin.quote else ""
    note.quote_start_ms = pin.quote.start_ms if pin.quote else None
    note.quote_end_ms = pin.quote.end_ms if pin.quote else None
    note.removed_at = None
    return _kept(note)


@transaction.atomic
def unpin_note(
    *,
    actor: Actor,
    interview: Interview,
    question_id: uuid.UUID,
    client_key: uuid.UUID,
    revision: int | None = None,
) -> PinnedNote | None:
    """Remove a note. None if there never was one with this key; a second time changes nothing.

    Raises:
        Overtaken: it was changed meanwhile, on another device.
        Refused: `locked` after submitting; `question` for a foreign one.
    """
    scorecard = open_scorecard(actor, interview)
    note = _standing(scorecard, question_id, client_key)
    if not note.revision or note.removed_at:
        return note if note.revision else None
    if revision is not None and revision != note.revision:
        raise Overtaken(note)
    note.text = note.quote = ""
    note.quote_start_ms = note.quote_end_ms = None
    note.removed_at = timezone.now()
    return _kept(note)


def _standing(scorecard: Scorecard, question_id: uuid.UUID, client_key: uuid.UUID) -> PinnedNote:
    """The note with this key, or a new one that is not saved yet and has the revision 0."""
    if not Question.objects.filter(id=question_id, kit_version=scorecard.interview.kit_version_id).exists():
        raise Refused("question", _("This question does not belong to this interview."))
    note = scorecard.pinned_notes.filter(client_key=client_key).first()
    if note is None:
        return PinnedNote(
            organization_id=scorecard.organization_id,
            scorecard=scorecard,
            question_id=question_id,
            client_key=client_key,
        )
    if note.question_id != question_id:
        raise Refused("question", _("This note is pinned to another question. It stands there as it was."))
    return note


def _recording(interview: Interview, question_id: uuid.UUID) -> Recording:
    answers = Answer.objects.select_related("chosen_take__recording")
    answer = answers.filter(interview=interview, question=question_id).first()
    recording = answer.chosen_take.recording if answer and answer.chosen_take else None
    if interview.stage is not None and interview.stage.hides_voice:
        recording = None  # Whether a quote stands in a text would tell which words are hidden in it.
    if recording is None or recording.state != RecordingState.READY or not recording.duration_ms:
        raise Refused(
            "no_recording",
            _("There is no recording here to pin a note to. Write it into the note below the rating instead."),
        )
    return recording


def _fitting(pin: Pin, recording: Recording) -> Pin:
    """The same with times inside the recording. The last second is typed whole, though it may be cut short."""
    length = recording.duration_ms or 0
    whole = -(-length // SECOND_MS) * SECOND_MS
    times = [pin.start_ms, *([] if pin.end_ms is None else [pin.end_ms])]
    if pin.quote:
        times += [pin.quote.start_ms, pin.quote.end_ms]
    if not all(0 <= time <= whole for time in times):
        raise Refused(
            "outside",
            _("The recording is %(minutes)s:%(seconds)s long, and this time is not in it. Your words are kept here.")
            % {"minutes": whole // 60_000, "seconds": f"{whole // SECOND_MS % 60:02}"},
        )
    start, end = min(pin.start_ms, length), None if pin.end_ms is None else min(pin.end_ms, length)
    if end is not None and end <= start:
        raise Refused("end", _("A stretch ends after it begins. Your words are kept here; mend the times."))
    quote = pin.quote and Quote(_one_line(pin.quote.text), pin.quote.start_ms, min(pin.quote.end_ms, length))
    return Pin(start, end, pin.text, quote)


def _require_words(pin: Pin, note: PinnedNote, recording: Recording) -> None:
    if len(pin.text) > LONGEST_PINNED:
        raise Refused(
            "note",
            _("A pinned note can have %(most)s characters. Yours is longer; what was saved before is kept.")
            % {"most": LONGEST_PINNED},
        )
    if pin.quote is None or pin.quote == _pin_of(note).quote:
        return
    if len(pin.quote.text) > LONGEST_PINNED:
        raise Refused(
            "quote",
            _("Up to %(most)s characters can be quoted. Mark fewer words and pin them again.")
            % {"most": LONGEST_PINNED},
        )
    if pin.quote.start_ms >= pin.quote.end_ms or not is_said(recording, pin.quote.text):
        raise Refused(
            "quote",
            _("These words do not stand in the text of this answer as it is now. Load the page and mark them again."),
        )


def _require_room(scorecard: Scorecard, question_id: uuid.UUID) -> None:
    if scorecard.pinned_notes.filter(question=question_id, removed_at=None).count() >= MOST_PINNED:
        raise Refused(
            "many",
            _("An answer has room for %(most)s pinned notes. Remove one that you no longer need; all are kept.")
            % {"most": MOST_PINNED},
        )


def _kept(note: PinnedNote) -> PinnedNote:
    note.revision += 1
    note.save()
    note.scorecard.save(update_fields=["updated_at"])
    return note


def _pin_of(note: PinnedNote) -> Pin:
    quote = Quote(note.quote, note.quote_start_ms, note.quote_end_ms) if note.quote else None
    return Pin(note.start_ms, note.end_ms, note.text, quote)


def _one_line(words: str) -> str:
    return " ".join(words.split())
