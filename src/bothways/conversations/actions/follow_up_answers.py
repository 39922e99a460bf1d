"""The candidate answers a follow-up: in writing, or recorded in the page. The team watches or reads it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.conversations.actions.entries import log
from bothways.conversations.actions.follow_up_letters import tell_who_asked
from bothways.conversations.actions.holding import held_interview, open_follow_up
from bothways.conversations.actions.inquiries import require_whole
from bothways.conversations.models import Clip, FollowUp, FollowUpState
from bothways.conversations.policies import may_ask, may_hear_follow_up, may_release_follow_up
from bothways.interviews.models import AnswerMode
from bothways.interviews.queries.settings import settings_of
from bothways.lib.errors import Refused, require
from bothways.lib.lengths import require_lengths


@transaction.atomic
def mark_opened(*, follow_up: FollowUp, actor: Actor) -> None:
    """The candidate has the question on a page."""
    _require_own(actor, follow_up)
    FollowUp.objects.filter(id=follow_up.id, opened_at=None).update(opened_at=timezone.now())


@transaction.atomic
def answer_follow_up_in_words(*, follow_up: FollowUp, written: str, actor: Actor) -> FollowUp:
    """Answer in writing. Who asked is told by mail.

    Raises:
        Refused: `no_words`, `too_long`, `answered`, `taken_back`, `decided`, `withdrawn`, `passed`.
    """
    _require_own(actor, follow_up)
    follow_up = open_follow_up(follow_up)
    follow_up.written = written.strip()
    if not follow_up.written:
        raise Refused("no_words", _("Write your answer first. Nothing was sent."))
    return _answered(actor, follow_up)


@transaction.atomic
def answer_follow_up_on_recording(*, clip: Clip, actor: Actor) -> FollowUp:
    """Answer with the try that the candidate chose. Doing it again is the same answer.

    Raises:
        Refused: `other_clip`, `not_finished`, `clip_failed`, and as for words.
    """
    follow_up = clip.follow_up
    if follow_up is None:
        raise Refused("other_clip", _("This was recorded for something else."))
    _require_own(actor, follow_up)
    answered = FollowUp.objects.filter(id=follow_up.id, recording=clip.recording_id).select_related("asked_by__user")
    if done := answered.first():
        return done
    follow_up = open_follow_up(follow_up, by_recording=True)
    require_whole(clip)
    follow_up.recording = clip.recording
    follow_up.is_signed = settings_of(follow_up.interview).mode == AnswerMode.SIGN
    return _answered(actor, follow_up)


@transaction.atomic
def mark_heard(*, actor: Actor, follow_up: FollowUp) -> FollowUp:
    """Who asked, or a recruiter in their place, says that they have watched or read the answer. Twice is harmless.

    Raises:
        Refused: `not_answered`.
    """
    require(may_hear_follow_up(actor, follow_up), _("Your role does not include this follow-up."))
    held_interview(follow_up.interview)
    follow_up.refresh_from_db(fields=["state", "heard_at"])
    if not follow_up.is_answered:
        raise Refused("not_answered", _("There is no answer yet."))
    if follow_up.heard_at is None:
        follow_up.heard_at = timezone.now()
        follow_up.save(update_fields=["heard_at"])
        log(actor, follow_up.interview, "follow_up.heard", follow_up=follow_up.id)
    return follow_up


@transaction.atomic
def release_answer(*, actor: Actor, follow_up: FollowUp) -> FollowUp:
    """Let those who only read have the answer, with words masked as everywhere. Twice is harmless.

    Raises:
        Refused: `not_answered`.
    """
    require(may_release_follow_up(actor, follow_up), _("Owners and recruiters say which words are hidden."))
    if not follow_up.is_answered:
        raise Refused("not_answered", _("There is no answer yet."))
    if follow_up.released_at is None:
        follow_up.released_at = timezone.now()
        follow_up.save(update_fields=["released_at"])
        log(actor, follow_up.interview, "follow_up.released", follow_up=follow_up.id)
    return follow_up


def _require_own(actor: Actor, follow_up: FollowUp) -> None:
    require(may_ask(actor, follow_up.interview), _("This interview belongs to somebody else."))


def _answered(actor: Actor, follow_up: FollowUp) -> FollowUp:
    follow_up.state, follow_up.answered_at = FollowUpState.ANSWERED, timezone.now()
    require_lengths(follow_up)
    follow_up.save()
    recorded = follow_up.recording_id is not None
    log(actor, follow_up.interview, "follow_up.answered", follow_up=follow_up.id, recorded=recorded)
    tell_who_asked(follow_up=follow_up)
    return follow_up
