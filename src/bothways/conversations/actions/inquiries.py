"""A candidate asks the team something; the team hands it to whoever knows. Answering is in `replies`."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.conversations.actions.entries import log
from bothways.conversations.actions.holding import held_interview, open_inquiry
from bothways.conversations.actions.letters import tell_owner
from bothways.conversations.models import Clip, Inquiry, InquiryKind, InquiryState
from bothways.conversations.policies import may_ask, may_hand_over, may_own
from bothways.conversations.queries.inquiries import MOST_A_DAY, MOST_OPEN, inquiry_due, owner_for
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import Refused, require
from bothways.lib.lengths import require_lengths
from bothways.media.models import MediaKind, RecordingState


@transaction.atomic
def ask_in_words(*, interview: Interview, words: str, actor: Actor) -> Inquiry | None:
    """Ask in writing. The same words again while they wait are the same inquiry; a preview asks nobody and gives None.

    Raises:
        Refused: `no_words`, `too_long`, `asked_often`, `many_open`, `withdrawn`.
    """
    require(may_ask(actor, interview), _("This interview belongs to somebody else."))
    if interview.application_id is None:
        return None
    words = words.strip()
    if not words:
        raise Refused("no_words", _("Write your question first. Nothing was sent."))
    interview = held_interview(interview)
    same = Inquiry.objects.filter(interview=interview, state=InquiryState.OPEN, words=words).first()
    return same or _ask(actor, Inquiry(interview=interview, kind=InquiryKind.TEXT, words=words))


@transaction.atomic
def ask_on_recording(*, clip: Clip, actor: Actor) -> Inquiry:
    """Ask with what was recorded. Doing it again is the same inquiry.

    Raises:
        Refused: `not_finished` while it has not arrived, `clip_failed` where it cannot be played, `asked_often`,
            `many_open`, `withdrawn`.
    """
    require(may_ask(actor, clip.interview) and clip.member_id is None, _("This interview belongs to somebody else."))
    interview = held_interview(clip.interview)
    asked = Inquiry.objects.filter(interview=interview, recording=clip.recording_id).first()
    if asked is not None:
        return asked
    require_whole(clip)
    kind = InquiryKind.VIDEO if clip.recording.kind == MediaKind.VIDEO else InquiryKind.VOICE
    return _ask(actor, Inquiry(interview=interview, kind=kind, recording=clip.recording))


@transaction.atomic
def hand_over(*, actor: Actor, inquiry: Inquiry, to: Member) -> Inquiry:
    """Let somebody else owe the answer, by the same day. They get a mail. To the one who owes it already: no change.

    Raises:
        Refused: `answered`, `withdrawn`, or `cannot_own` for somebody who may not answer or still has to rate.
    """
    require(may_hand_over(actor, inquiry), _("Your role does not include answering candidates."))
    inquiry = open_inquiry(inquiry)
    if inquiry.owner_id == to.id:
        return inquiry
    if not may_own(to, inquiry):
        words = _(
            "%(name)s cannot answer this: owners and recruiters do, and nobody who still has to rate this person."
        )
        raise Refused("cannot_own", words % {"name": to.user.name})
    before, inquiry.owner = inquiry.owner_id, to
    inquiry.save(update_fields=["owner"])
    log(actor, inquiry.interview, "inquiry.handed_over", inquiry=inquiry.id, **{"from": before, "to": to.id})
    if to.id != actor.id:
        tell_owner(inquiry=inquiry, word="inquiry_handed_over", by=actor.name)
    return inquiry


@transaction.atomic
def mark_read(*, interview: Interview, actor: Actor) -> int:
    """The candidate has the answers on a page. Returns how many are new to them."""
    require(may_ask(actor, interview), _("This interview belongs to somebody else."))
    unread = Inquiry.objects.filter(interview=interview, read_at=None).exclude(state=InquiryState.OPEN)
    return unread.update(read_at=timezone.now())


def require_whole(clip: Clip) -> None:
    """Refuse a clip that has not arrived, or that cannot be played."""
    if clip.finished_at is None:
        raise Refused("not_finished", _("This recording has not arrived completely. What arrived is safe."))
    if clip.recording.state == RecordingState.FAILED:
        raise Refused("clip_failed", _("This recording cannot be played. Please record it once more."))


def _ask(actor: Actor, inquiry: Inquiry) -> Inquiry:
    """For whoever holds the interview."""
    interview = inquiry.interview
    if interview.state == InterviewState.WITHDRAWN:
        raise Refused("withdrawn", _("This interview was taken back. Nothing more is recorded."))
    earlier = Inquiry.objects.filter(interview=interview)
    if earlier.filter(state=InquiryState.OPEN).count() >= MOST_OPEN:
        words = ngettext(
            "%(count)d question of yours waits for an answer. It is safe. Ask the next one when it is answered.",
            "%(count)d questions of yours wait for an answer. They are safe. Ask the next one when one is answered.",
            MOST_OPEN,
        )
        raise Refused("many_open", words % {"count": MOST_OPEN})
    if earlier.filter(created_at__gt=timezone.now() - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        words = ngettext(
            "You have asked %(count)d question today. It is safe. You can ask the next one tomorrow.",
            "You have asked %(count)d questions today. They are safe. You can ask the next one tomorrow.",
            MOST_A_DAY,
        )
        raise Refused("asked_often", words % {"count": MOST_A_DAY})
    inquiry.organization = interview.organization
    inquiry.owner, inquiry.due = owner_for(interview), inquiry_due(interview)
    require_lengths(inquiry)
    inquiry.save()
    detail = {"kind": inquiry.kind, "due": inquiry.due, "owner": inquiry.owner_id}
    log(actor, interview, "inquiry.asked", inquiry=inquiry.id, **detail)
    tell_owner(inquiry=inquiry, word="inquiry")
    return inquiry
