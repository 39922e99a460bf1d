"""The trip of one clip: opened, received, and cleared away where nobody sends it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor, system_actor
from bothways.conversations.actions.holding import feedback_held, held_interview, open_follow_up, open_inquiry
from bothways.conversations.models import Clip, FollowUp, Inquiry
from bothways.conversations.policies import may_answer, may_ask, may_follow_up
from bothways.conversations.queries.clips import (
    GRACE_S,
    LONGEST_CLIP_S,
    MOST_CLIPS_A_DAY,
    clip_limit_s,
    clips_on,
    unused_clips,
)
from bothways.conversations.queries.follow_ups import follow_up_limit_s, tries_left
from bothways.interviews.models import Consent, Interview, InterviewState
from bothways.interviews.queries.limits import CEILING_S, MOST_BYTES_PER_SECOND
from bothways.kits.models import Question
from bothways.lib.errors import Refused, require
from bothways.media.actions.erasure import erase_recording
from bothways.media.actions.recordings import create_recording
from bothways.media.actions.uploads import declare_length, issue_upload
from bothways.media.models import MediaKind
from bothways.media.queries.uploads import uploads_of

UPLOAD_LIFE = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class OpenedClip:
    """A clip that waits for its bytes. The token opens the upload and is said only here."""

    clip: Clip
    upload_id: uuid.UUID
    token: str
    max_bytes: int


@transaction.atomic
def open_question_clip(
    *, interview: Interview, client_key: uuid.UUID, kind: str, mime: str, actor: Actor
) -> OpenedClip:
    """Make room for a question by voice or on video. The same `client_key` gives the same clip, with a new token.

    `kind` is "video" or "audio", `mime` what the device means to record.

    Raises:
        Refused: `no_consent`, `recorded_often`, `withdrawn`, `not_media`; `preview`, where nothing is asked.
    """
    require(may_ask(actor, interview), _("This interview belongs to somebody else."))
    if interview.application_id is None:
        raise Refused("preview", _("In a preview nothing is recorded here and nobody is asked."))
    interview = held_interview(interview)
    if interview.state == InterviewState.WITHDRAWN:
        raise Refused("withdrawn", _("This interview was taken back. Nothing more is recorded."))
    if not Consent.objects.filter(interview=interview).exists():
        words = _("Before anything is recorded, we need your consent. Nothing was kept so far. You can ask in writing.")
        raise Refused("no_consent", words)
    is_new = not Clip.objects.filter(interview=interview, client_key=client_key).exists()
    if is_new and clips_on(interview, timezone.now() - dt.timedelta(days=1)) >= MOST_CLIPS_A_DAY:
        words = _("You have recorded often today. What you sent is safe. Ask in writing, or record again tomorrow.")
        raise Refused("recorded_often", words)
    return _open(actor, Clip(interview=interview, client_key=client_key), kind, mime, clip_limit_s(interview))


@transaction.atomic
def open_reply_clip(*, actor: Actor, inquiry: Inquiry, client_key: uuid.UUID, kind: str, mime: str) -> OpenedClip:
    """Make room for an answer by voice or on video. The same `client_key` gives the same clip, with a new token.

    Raises:
        Refused: `answered` by somebody before, `withdrawn`, `not_media`.
    """
    require(may_answer(actor, inquiry), _("Your role does not include answering this question."))
    inquiry = open_inquiry(inquiry)
    clip = Clip(interview=inquiry.interview, inquiry=inquiry, member_id=actor.id, client_key=client_key)
    return _open(actor, clip, kind, mime, LONGEST_CLIP_S)


@transaction.atomic
def open_prompt_clip(
    *, actor: Actor, interview: Interview, question: Question, client_key: uuid.UUID, kind: str, mime: str
) -> OpenedClip:
    """Make room for a follow-up by voice or on video. The same `client_key` gives the same clip, with a new token.

    Raises:
        Refused: `not_media`.
    """
    require(may_follow_up(actor, interview), _("You cannot ask about this answer now."))
    interview = held_interview(interview)
    clip = Clip(interview=interview, question=question, member_id=actor.id, client_key=client_key)
    return _open(actor, clip, kind, mime, LONGEST_CLIP_S)


@transaction.atomic
def open_answer_clip(*, actor: Actor, follow_up: FollowUp, client_key: uuid.UUID, kind: str, mime: str) -> OpenedClip:
    """Make room for one more try of the candidate at answering a follow-up. The same `client_key` gives the same clip,
    with a new token.

    Raises:
        Refused: `answered`, `taken_back`, `decided`, `withdrawn`, `passed`, `no_tries_left`, `not_media`.
    """
    require(may_ask(actor, follow_up.interview), _("This interview belongs to somebody else."))
    is_new = not Clip.objects.filter(follow_up=follow_up, client_key=client_key).exists()
    follow_up = open_follow_up(follow_up, by_recording=True)
    if is_new and not tries_left(follow_up):
        words = _("All tries of this answer are used. They are safe. Choose the one that we should see, or write.")
        raise Refused("no_tries_left", words)
    clip = Clip(interview=follow_up.interview, follow_up=follow_up, client_key=client_key)
    return _open(actor, clip, kind, mime, follow_up_limit_s(follow_up) or CEILING_S)


@transaction.atomic
def open_feedback_clip(
    *, actor: Actor, interview: Interview, client_key: uuid.UUID, kind: str, mime: str
) -> OpenedClip:
    """Make room for feedback by voice or on video. The same `client_key` gives the same clip, with a new token.

    Raises:
        Refused: `sent` already, `not_submitted`, `not_media`.
    """
    interview = feedback_held(actor, interview).interview
    clip = Clip(interview=interview, for_feedback=True, member_id=actor.id, client_key=client_key)
    return _open(actor, clip, kind, mime, LONGEST_CLIP_S)


@transaction.atomic
def finish_clip(*, actor: Actor, clip: Clip, size: int) -> Clip:
    """The device says that the clip has `size` bytes and nothing follows. Saying it again changes nothing.

    Raises:
        Refused: another size was said before, or it is too large.
    """
    _require_own(actor, clip)
    declare_length(upload_id=uploads_of(clip.recording)[0].id, length=size)
    Clip.objects.filter(id=clip.id, finished_at=None).update(finished_at=timezone.now())
    clip.refresh_from_db()
    return clip


def clear_unused() -> int:
    """Delete what was recorded a day ago and never sent. Returns how many."""
    clips = list(unused_clips())
    for clip in clips:
        _clear(clip)
    return len(clips)


@transaction.atomic
def _clear(clip: Clip) -> None:
    organization, recording = clip.organization, clip.recording
    record(organization=organization, actor=system_actor(organization.id), verb="clip.cleared", thing=clip)
    clip.delete()
    erase_recording(recording=recording)


def _require_own(actor: Actor, clip: Clip) -> None:
    is_own = clip.member_id == actor.id if clip.member_id else may_ask(actor, clip.interview)
    require(is_own, _("This was recorded by somebody else."))


def _purpose(clip: Clip) -> tuple[object, ...]:
    return clip.inquiry_id, clip.follow_up_id, clip.question_id, clip.for_feedback


def _open(actor: Actor, made: Clip, kind: str, mime: str, limit_s: int) -> OpenedClip:
    """The clip with the key of `made`, which is kept where there is none. For whoever holds the interview."""
    interview = made.interview
    if kind not in MediaKind.values or not mime.startswith(("video/", "audio/")) or not mime.isprintable():
        raise Refused("not_media", _("Only video or audio can be used. Please record it here."))
    clips = Clip.objects.filter(interview=interview, client_key=made.client_key).select_related("recording")
    clip = clips.first()
    if clip is None:
        clip = made
        clip.organization = interview.organization
        clip.recording = create_recording(
            organization=interview.organization,
            kind=kind,
            declared_mime=mime,
            language=interview.kit_version.language,
        )
        clip.save()
    elif _purpose(clip) != _purpose(made):
        raise Refused("other_clip", _("This was recorded for something else."))
    else:
        _require_own(actor, clip)
    upload, token = issue_upload(
        recording=clip.recording,
        max_bytes=min(settings.UPLOAD_MAX_BYTES, (limit_s + GRACE_S) * MOST_BYTES_PER_SECOND),
        expires_at=timezone.now() + UPLOAD_LIFE,
    )
    return OpenedClip(clip, upload.id, token, upload.max_bytes)
