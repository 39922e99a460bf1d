"""The team answers what a candidate asked: in writing, or recorded in the page. Or says why there is no answer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.conversations.actions.entries import log
from bothways.conversations.actions.holding import open_inquiry
from bothways.conversations.actions.inquiries import require_whole
from bothways.conversations.actions.letters import tell_candidate
from bothways.conversations.models import Clip, Inquiry, InquiryState
from bothways.conversations.policies import may_answer
from bothways.lib.errors import Refused, require
from bothways.lib.lengths import require_lengths


@transaction.atomic
def answer_in_words(*, actor: Actor, inquiry: Inquiry, message: str) -> Inquiry:
    """Answer in writing. The candidate gets a mail that it is there, and reads it on their page.

    Raises:
        Refused: `answered` by somebody before, `withdrawn`, `no_message`, `too_long`.
    """
    _require_may_answer(actor, inquiry)
    inquiry = open_inquiry(inquiry)
    inquiry.message = message.strip()
    if not inquiry.message:
        raise Refused("no_message", _("Write the answer, in a sentence or two. The candidate waits for your words."))
    return _answered(actor, inquiry, InquiryState.ANSWERED)


@transaction.atomic
def answer_on_recording(*, actor: Actor, clip: Clip) -> Inquiry:
    """Answer with what was recorded. Doing it again is the same answer.

    Raises:
        Refused: `answered` by somebody before, `withdrawn`, `not_finished`, `clip_failed`.
    """
    inquiry = clip.inquiry
    if inquiry is None or clip.member_id != actor.id:
        raise Refused("other_clip", _("This was recorded for something else."))
    _require_may_answer(actor, inquiry)
    if inquiry.reply_id == clip.recording_id:
        return inquiry
    inquiry = open_inquiry(inquiry)
    require_whole(clip)
    inquiry.reply = clip.recording
    return _answered(actor, inquiry, InquiryState.ANSWERED)


@transaction.atomic
def close(*, actor: Actor, inquiry: Inquiry, message: str) -> Inquiry:
    """Close it without an answer here, for example after a telephone call. The candidate reads the words all the same.

    Raises:
        Refused: `answered`, `withdrawn`, `no_message`, `too_long`.
    """
    _require_may_answer(actor, inquiry)
    inquiry = open_inquiry(inquiry)
    inquiry.message = message.strip()
    if not inquiry.message:
        raise Refused("no_message", _("Say why it is closed. The candidate reads it."))
    return _answered(actor, inquiry, InquiryState.CLOSED)


def _require_may_answer(actor: Actor, inquiry: Inquiry) -> None:
    require(may_answer(actor, inquiry), _("Your role does not include answering this question."))


def _answered(actor: Actor, inquiry: Inquiry, state: InquiryState) -> Inquiry:
    inquiry.state = state
    inquiry.answered_at, inquiry.answered_by_id = timezone.now(), actor.id
    require_lengths(inquiry)
    inquiry.save()
    log(actor, inquiry.interview, f"inquiry.{state}", inquiry=inquiry.id, recorded=inquiry.reply_id is not None)
    tell_candidate(inquiry=inquiry)
    return inquiry
