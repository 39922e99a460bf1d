"""Asking on video or by voice: opened, received, attached to what is asked.

A prompt is made for a subject: a question of a draft, a question of the library, or a draft itself, whose welcome it
is. It fills a slot there: somebody who asks, or the same in sign language. It may be made as often as one likes; the
subject names the one that is used.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor, system_actor
from bothways.kits.actions.drafts import require_change
from bothways.kits.actions.subjects import keep_subject, locked_subject
from bothways.kits.models import KitVersion, Prompt, PromptSlot
from bothways.kits.queries.subjects import PARTS, Subject, column, language_of, part_of
from bothways.lib.errors import Refused
from bothways.media.actions.erasure import erase_recording
from bothways.media.actions.recordings import create_recording
from bothways.media.actions.uploads import declare_length, issue_upload
from bothways.media.models import MediaKind, Recording, RecordingState

LONGEST_PROMPT_S = 180
MAX_BYTES = 300 * 1024 * 1024
"""A minute of video straight from a telephone's camera, twice over."""

UPLOAD_LIFE = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class OpenedPrompt:
    """A prompt that waits for its bytes. The token opens the upload and is said only here."""

    prompt: Prompt
    number: int
    upload_id: uuid.UUID
    token: str
    max_bytes: int


@transaction.atomic
def open_prompt(
    *, actor: Actor, subject: Subject, client_key: uuid.UUID, kind: str, mime: str, slot: str = PromptSlot.ASKED
) -> OpenedPrompt:
    """Make room for one more prompt. The same `client_key` gives the same prompt, with a new token.

    `kind` is "video" or "audio", `mime` what the device means to record or the type of the chosen file.

    Raises:
        Refused: `not_media` for another type of file, `not_video` for a voice in the slot of sign language,
            `not_a_draft` for a question that candidates may have met.
    """
    locked_subject(actor, subject)
    if kind not in MediaKind.values or not _names_media(mime):
        raise Refused("not_media", _("Only video or audio can be used. Choose another file, or record it here."))
    if slot == PromptSlot.SIGN and kind != MediaKind.VIDEO:
        raise Refused("not_video", _("Sign language needs a picture. Choose a video, or record it with the camera."))
    prompt = Prompt.objects.filter(subject_id=subject.id, client_key=client_key).select_related("recording").first()
    if prompt is None:
        language = "" if slot == PromptSlot.SIGN else language_of(subject)
        recording = create_recording(
            organization=subject.organization, kind=kind, declared_mime=mime, language=language
        )
        prompt = Prompt.objects.create(
            organization=subject.organization,
            subject_id=subject.id,
            slot=slot,
            client_key=client_key,
            recording=recording,
            member_id=actor.id,
        )
        detail = {"for": subject.id, "kind": kind, "slot": slot}
        record(organization=subject.organization, actor=actor, verb="prompt.opened", thing=prompt, detail=detail)
    max_bytes = min(MAX_BYTES, settings.UPLOAD_MAX_BYTES)
    expires_at = timezone.now() + UPLOAD_LIFE
    upload, token = issue_upload(recording=prompt.recording, max_bytes=max_bytes, expires_at=expires_at)
    number = Prompt.objects.filter(subject_id=subject.id, slot=slot, id__lte=prompt.id).count()
    return OpenedPrompt(prompt, number, upload.id, token, upload.max_bytes)


@transaction.atomic
def finish_prompt(*, actor: Actor, subject: Subject, prompt: Prompt, size: int) -> Prompt:
    """The device says that the prompt has `size` bytes and nothing follows. Saying it again changes nothing.

    Raises:
        Refused: another size was said before, or it is too large.
    """
    require_change(actor, subject)
    declare_length(upload_id=prompt.recording.uploads.get().id, length=size)
    if Prompt.objects.filter(id=prompt.id, finished_at=None).update(finished_at=timezone.now()):
        detail = {"for": subject.id, "bytes": size}
        record(organization=subject.organization, actor=actor, verb="prompt.finished", thing=prompt, detail=detail)
    prompt.refresh_from_db()
    return prompt


@transaction.atomic
def attach_prompt(*, actor: Actor, subject: Subject, prompt: Prompt) -> Subject:
    """Let this prompt fill its slot. Where nobody asks it yet, the member who made the prompt does.

    Captions belong to a recording: another one has none yet.

    Raises:
        Refused: `not_finished` while it is not complete, `prompt_failed` where it cannot be played.
    """
    held = locked_subject(actor, subject)
    if prompt.subject_id != held.id:
        raise Refused("other_subject", _("This was recorded for another question."))
    if prompt.finished_at is None:
        raise Refused("not_finished", _("This recording has not arrived completely."))
    if prompt.recording.state == RecordingState.FAILED:
        raise Refused("prompt_failed", _("This recording cannot be played. Record it again, or choose another file."))
    _use(held, prompt.slot, prompt.recording)
    if prompt.slot == PromptSlot.ASKED:
        _ask(held, prompt)
    keep_subject(held)
    detail = {"recording": prompt.recording_id, "slot": prompt.slot}
    record(organization=held.organization, actor=actor, verb="prompt.attached", thing=held, detail=detail)
    return held


@transaction.atomic
def detach_prompt(*, actor: Actor, subject: Subject, slot: str = PromptSlot.ASKED) -> Subject:
    """Let nobody ask it on video or by voice, or nobody sign it. Versions that used the prompt keep it."""
    held = locked_subject(actor, subject)
    _use(held, slot, None)
    keep_subject(held)
    record(organization=held.organization, actor=actor, verb="prompt.detached", thing=held, detail={"slot": slot})
    return held


@transaction.atomic
def clear_unused_prompt(*, prompt: Prompt) -> None:
    """Delete a try that nothing uses, with its bytes."""
    organization, recording = prompt.organization, prompt.recording
    record(organization=organization, actor=system_actor(organization.id), verb="prompt.cleared", thing=prompt)
    prompt.delete()
    erase_recording(recording=recording)


def _names_media(mime: str) -> bool:
    """Whether a type may be kept as declared. What the bytes are is found out from the bytes."""
    return mime.startswith(("video/", "audio/")) and mime.isprintable() and len(mime) <= 120


def _use(subject: Subject, slot: str, recording: Recording | None) -> None:
    part = PARTS[slot]
    if slot == PromptSlot.ASKED and part_of(subject, part) != recording:
        setattr(subject, column(subject, "captions"), None)
    setattr(subject, column(subject, part), recording)


def _ask(subject: Subject, prompt: Prompt) -> None:
    if isinstance(subject, KitVersion):
        subject.welcome_by_id = subject.welcome_by_id or prompt.member_id
    else:
        subject.asker_id = subject.asker_id or prompt.member_id
        subject.no_prompt_reason = ""
