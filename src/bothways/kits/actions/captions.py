"""Captions of what is asked on video: written, brought along as a file or begun by a machine, read by somebody."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.kits.actions.subjects import keep_subject, locked_subject
from bothways.kits.cues import LONGEST_CUE, MOST_CUES
from bothways.kits.models import Captions
from bothways.kits.queries.captions import heard_cues, is_shared
from bothways.kits.queries.subjects import Subject, column, language_of, part_of
from bothways.lib.caption_files import CaptionFile, NotCaptions, read_captions
from bothways.lib.errors import Refused
from bothways.lib.webvtt import Cue, clean_text
from bothways.media.models import Recording, RecordingState

MOST_FILE_BYTES = 200_000


@transaction.atomic
def save_captions(*, actor: Actor, subject: Subject, cues: Sequence[Cue], seen: int | None = None) -> Captions:
    """Keep these cues as the captions of the recording that asks.

    A change takes back that somebody has read them; the same cues again change nothing. `seen` is the revision that
    was changed, 0 where there was none; None does not ask.

    Raises:
        Refused: `captions_changed` where somebody else was faster with other cues, `no_prompt`, `prompt_not_ready`,
            `captions_invalid` for times that cannot be, `captions_too_many`, `not_a_draft`.
    """
    held = locked_subject(actor, subject)
    return _keep(actor, held, cues, seen, "captions.saved")


@transaction.atomic
def import_captions(*, actor: Actor, subject: Subject, data: bytes, seen: int | None = None) -> Captions:
    """Put the cues of a WebVTT or SubRip file in the place of those that are there.

    Raises:
        Refused: as `fitting_file` and `save_captions`.
    """
    held = locked_subject(actor, subject)
    file = fitting_file(data, _recording(held))
    return _keep(actor, held, file.cues, seen, "captions.imported", by_machine=False)


@transaction.atomic
def begin_from_speech(*, actor: Actor, subject: Subject, seen: int | None = None) -> Captions:
    """Put cues made from what a machine heard in the place of those that are there, marked as such until they are read.

    Raises:
        Refused: `nothing_heard`, and as `save_captions`.
    """
    held = locked_subject(actor, subject)
    cues = heard_cues(_recording(held))
    if not cues:
        words = _("There are no words from the recording that captions could begin with. Nothing was changed.")
        raise Refused("nothing_heard", words)
    return _keep(actor, held, cues, seen, "captions.begun_by_machine", by_machine=True)


def fitting_file(data: bytes, recording: Recording) -> CaptionFile:
    """What a file says about a recording; its `unread` names what is not used. Changes nothing.

    Raises:
        Refused: `not_captions`, `captions_too_large`.
    """
    if len(data) > MOST_FILE_BYTES:
        words = _("This file is larger than captions of a few minutes are. Nothing was changed.")
        raise Refused("captions_too_large", words)
    try:
        file = read_captions(data)
    except NotCaptions:
        words = _(
            "There are no captions in it that we can read. We read WebVTT and SubRip (.srt). Nothing was changed."
        )
        raise Refused("not_captions", words) from None
    file.cut(recording.duration_ms or 0)
    if not file.cues:
        words = _(
            "None of its captions can be used: their times make no sense, or come after the end. Nothing was changed."
        )
        raise Refused("not_captions", words)
    return file


@transaction.atomic
def review_captions(*, actor: Actor, subject: Subject, seen: int) -> Captions:
    """Note that the actor has read these captions and calls them right. `seen` is the revision that was read.

    Raises:
        Refused: `captions_changed` where they are not what was read, `captions_missing` where there are none,
            `captions_empty` where one has no words, `not_a_draft`.
    """
    held = locked_subject(actor, subject)
    captions: Captions | None = part_of(held, "captions")
    if captions is None or not captions.cues:
        raise Refused("captions_missing", _("There are no captions yet. Write what is said, then read it once more."))
    _require_seen(captions, seen)
    empty = next((place for place, cue in enumerate(captions.cues, start=1) if not cue["text"]), None)
    if empty is not None:
        words = _("Caption %(n)d has no words. Write them, or remove it.") % {"n": empty}
        raise Refused("captions_empty", words)
    captions.reviewed_by_id, captions.reviewed_at = actor.id, timezone.now()
    captions.language = language_of(held)
    was_by_machine, captions.by_machine = captions.by_machine, False
    captions.save()
    _record(actor, held, captions, "captions.reviewed", by_machine=was_by_machine)
    return captions


def checked(cues: Sequence[Cue], duration_ms: int) -> list[Cue]:
    """The cues as they are kept, in order of time.

    Raises:
        Refused: naming the first that cannot be.
    """
    if len(cues) > MOST_CUES:
        words = _("More than %(most)d captions cannot be kept. Join some.")
        raise Refused("captions_too_many", words % {"most": MOST_CUES})
    kept = sorted(Cue(cue.start_ms, cue.end_ms, clean_text(cue.text)) for cue in cues)
    for place, cue in enumerate(kept, start=1):
        if not 0 <= cue.start_ms < cue.end_ms:
            words = _("Caption %(n)d ends before it begins. Change one of its times.")
            raise Refused("captions_invalid", words % {"n": place})
        if cue.end_ms > duration_ms:
            words = _("Caption %(n)d ends after the recording. Change its times.")
            raise Refused("captions_invalid", words % {"n": place})
        if len(cue.text) > LONGEST_CUE:
            words = _("Caption %(n)d is too long to be read. Split it.")
            raise Refused("captions_invalid", words % {"n": place})
    return kept


def _keep(
    actor: Actor, held: Subject, cues: Sequence[Cue], seen: int | None, verb: str, *, by_machine: bool | None = None
) -> Captions:
    """`by_machine` None leaves it as it is."""
    recording = _recording(held)
    captions: Captions | None = part_of(held, "captions")
    kept = checked(cues, recording.duration_ms or 0)
    rows = [{"start_ms": cue.start_ms, "end_ms": cue.end_ms, "text": cue.text} for cue in kept]
    if captions is not None and captions.cues == rows:
        # Also where an answer was lost on its way and the same is sent once more.
        return captions
    _require_seen(captions, seen)
    was_reviewed = captions is not None and captions.is_reviewed
    if captions is None or is_shared(captions, held):
        revision = captions.revision if captions else 0
        machine = captions is not None and captions.by_machine
        captions = Captions(organization=held.organization, recording=recording, revision=revision, by_machine=machine)
        setattr(held, column(held, "captions"), captions)
    captions.cues, captions.language = rows, language_of(held)
    captions.by_machine = captions.by_machine if by_machine is None else by_machine
    captions.revision += 1
    captions.reviewed_by = captions.reviewed_at = None
    captions.save()
    keep_subject(held)
    _record(actor, held, captions, verb, review_taken_back=was_reviewed)
    return captions


def _recording(held: Subject) -> Recording:
    recording: Recording | None = part_of(held, "prompt")
    if recording is None:
        raise Refused("no_prompt", _("Nobody has recorded this, so there is nothing to caption."))
    if recording.state != RecordingState.READY:
        raise Refused(
            "prompt_not_ready", _("The recording cannot be played yet. Wait a moment, then load the page again.")
        )
    return recording


def _require_seen(captions: Captions | None, seen: int | None) -> None:
    if seen is not None and seen != (captions.revision if captions else 0):
        words = _(
            "Somebody changed these captions while this page was open. Nothing is overwritten. "
            "Load the page again to see what they wrote."
        )
        raise Refused("captions_changed", words)


def _record(actor: Actor, held: Subject, captions: Captions, verb: str, **more: object) -> None:
    detail = {"captions": captions.id, "recording": captions.recording_id, "cues": len(captions.cues), **more}
    record(organization=held.organization, actor=actor, verb=verb, thing=held, detail=detail)
