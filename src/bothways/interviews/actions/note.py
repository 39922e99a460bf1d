"""A candidate's note to those who rate, in the candidate's own words."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.answering import locked, require_newest, require_time
from bothways.interviews.models import LONGEST_NOTE, Interview, NoteToReviewers
from bothways.lib.errors import Refused


@transaction.atomic
def write_note(*, interview: Interview, text: str, actor: Actor, revision: int | None = None) -> NoteToReviewers | None:
    """Keep the note as it stands now; nothing but blanks takes it away. Free until the answers are sent.

    `revision` is the one the page started from; None overwrites whatever stands.

    Raises:
        WrittenElsewhere: another device has saved other words.
        Refused: `too_long`, or why the interview is closed.
    """
    interview = locked(interview, actor)
    text = text.replace("\r\n", "\n").strip()
    note = NoteToReviewers.objects.filter(interview=interview).first()
    if text == (note.text if note else ""):
        return note
    require_time(interview, is_begun=True)
    if len(text) > LONGEST_NOTE:
        words = _("Your note has %(length)d characters, and %(most)d are the most. It still stands here in full.")
        raise Refused("too_long", words % {"length": len(text), "most": LONGEST_NOTE})
    if note is not None:
        require_newest(note, text, revision)
    if not text:
        _remove(interview, note, actor)
        return None
    if note is None:
        note = NoteToReviewers(organization=interview.organization, interview=interview)
        audit.record(organization=interview.organization, actor=actor, verb="note.written", thing=interview)
    note.text = text
    note.revision += 1
    note.save()
    return note


def _remove(interview: Interview, note: NoteToReviewers | None, actor: Actor) -> None:
    if note is not None:
        note.delete()
        audit.record(organization=interview.organization, actor=actor, verb="note.removed", thing=interview)
