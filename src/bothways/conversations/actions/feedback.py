"""Feedback: a person edits what the rubric gives, approves it, and it goes out once the candidate has been told."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor, system_actor
from bothways.conversations.actions.entries import log
from bothways.conversations.actions.holding import feedback_held, held_interview
from bothways.conversations.actions.inquiries import require_whole
from bothways.conversations.actions.letters import tell_of_feedback
from bothways.conversations.models import Band, Clip, Feedback, FeedbackPart
from bothways.conversations.policies import may_ask
from bothways.conversations.queries.feedback import to_send
from bothways.conversations.queries.feedback_drafts import Part, Text, looked_for
from bothways.interviews.models import Interview
from bothways.lib.errors import Refused, require
from bothways.lib.lengths import require_lengths
from bothways.media.models import Recording
from bothways.review.queries.reply_drafts import NAME, blanks_left


@transaction.atomic
def keep_feedback(*, actor: Actor, interview: Interview, text: Text, seen: int) -> Feedback:
    """Keep it as a draft. What was approved and not sent needs somebody's approval again. `seen` is the revision that
    stood on the page, 0 where nothing was kept.

    Raises:
        Refused: `sent`, `changed` by somebody else, `not_submitted`, `other_kit`, `too_long`.
    """
    feedback = _opened(actor, interview, seen)
    _write(feedback, text)
    log(actor, interview, "feedback.kept")
    return feedback


@transaction.atomic
def approve_feedback(*, actor: Actor, interview: Interview, text: Text, seen: int, is_read: bool) -> Feedback:
    """Approve what was edited. It goes out at once where the candidate has been told of a decision, else with it.

    `is_read` says that somebody has read all of it; without it nothing is approved.

    Raises:
        Refused: `not_read`, `no_words`, `blanks`, and what `keep_feedback` raises.
    """
    feedback = _opened(actor, interview, seen)
    _require_whole(text, is_read=is_read, is_recorded=feedback.recording_id is not None)
    _write(feedback, text)
    feedback.approved_by_id, feedback.approved_at = actor.id, timezone.now()
    feedback.save(update_fields=["approved_by", "approved_at"])
    log(actor, interview, "feedback.approved", parts=len(text.parts), recorded=feedback.recording_id is not None)
    for one in to_send().filter(id=feedback.id):
        _send(actor, one)
    return Feedback.objects.get(id=feedback.id)


@transaction.atomic
def use_feedback_clip(*, actor: Actor, clip: Clip) -> Feedback:
    """Say it with what was recorded, beside the words. It wants approving again. Doing it again changes nothing.

    Raises:
        Refused: `sent`, `not_submitted`, `not_finished`, `clip_failed`.
    """
    if not clip.for_feedback or clip.member_id != actor.id:
        raise Refused("other_clip", _("This was recorded for something else."))
    feedback = feedback_held(actor, clip.interview)
    if feedback.recording_id == clip.recording_id:
        return feedback
    require_whole(clip)
    return _say(actor, feedback, clip.recording)


@transaction.atomic
def drop_feedback_clip(*, actor: Actor, interview: Interview) -> Feedback:
    """Say it in writing only. What was recorded is deleted after a day, as every try that nobody uses."""
    feedback = feedback_held(actor, interview)
    return _say(actor, feedback, None) if feedback.recording_id else feedback


def _say(actor: Actor, feedback: Feedback, recording: Recording | None) -> Feedback:
    feedback.recording = recording
    feedback.approved_by = feedback.approved_at = None
    feedback.save()
    log(actor, feedback.interview, "feedback.kept", recorded=recording is not None)
    return feedback


def send_due() -> int:
    """Send what was approved before the decision. Returns how many; doing it again is harmless."""
    return sum(_send_one(one) for one in to_send().values_list("id", flat=True))


@transaction.atomic
def mark_feedback_read(*, interview: Interview, actor: Actor) -> int:
    """The candidate has it on a page."""
    require(may_ask(actor, interview), _("This interview belongs to somebody else."))
    return Feedback.objects.filter(interview=interview, sent_at__isnull=False, read_at=None).update(
        read_at=timezone.now()
    )


@transaction.atomic
def _send_one(feedback_id: object) -> int:
    feedback = Feedback.objects.select_related("interview__organization").get(id=feedback_id)
    held_interview(feedback.interview)
    for one in to_send().filter(id=feedback_id):
        _send(system_actor(one.organization_id), one)
        return 1
    return 0


def _send(actor: Actor, feedback: Feedback) -> None:
    """For whoever holds the interview."""
    interview = held_interview(feedback.interview)
    feedback.interview, feedback.organization = interview, interview.organization
    feedback.words = feedback.words.replace(NAME, interview.application.candidate.name)
    feedback.sent_at = timezone.now()
    feedback.save(update_fields=["words", "sent_at"])
    log(actor, interview, "feedback.sent", approved_by=feedback.approved_by_id)
    tell_of_feedback(feedback=feedback)


def _opened(actor: Actor, interview: Interview, seen: int) -> Feedback:
    """With its interview held, as it stood on the page of whoever writes."""
    feedback = feedback_held(actor, interview)
    if feedback.revision != seen:
        words = _(
            "Somebody has changed this feedback meanwhile. Yours still stands here. Load the page to read theirs."
        )
        raise Refused("changed", words)
    return feedback


def _write(feedback: Feedback, text: Text) -> None:
    names = looked_for(feedback.interview)
    if any(part.place not in names or part.band not in Band.values for part in text.parts):
        raise Refused("other_kit", _("This kit does not look for that. Nothing was kept. Load the page again."))
    feedback.words = text.words.replace("\r\n", "\n").strip()
    feedback.approved_by = feedback.approved_at = None
    feedback.revision += 1
    require_lengths(feedback)
    feedback.save()
    feedback.parts.all().delete()
    FeedbackPart.objects.bulk_create(_rows(feedback, text.parts, names))


def _rows(feedback: Feedback, parts: Iterable[Part], names: dict[int, str]) -> Iterable[FeedbackPart]:
    for part in parts:
        row = FeedbackPart(
            organization=feedback.organization,
            feedback=feedback,
            place=part.place,
            name=names[part.place],
            band=part.band,
            strength=part.strength.strip(),
            next_step=part.next_step.strip(),
        )
        require_lengths(row)
        yield row


def _require_whole(text: Text, *, is_read: bool, is_recorded: bool) -> None:
    if not is_read:
        words = _("Read all of it once more and say that it is right. Nothing was sent.")
        raise Refused("not_read", words)
    if not text.words.strip() and not is_recorded:
        raise Refused("no_words", _("Write a few words of your own, or record them. Nothing was sent."))
    everything = "\n".join([text.words, *(f"{part.strength}\n{part.next_step}" for part in text.parts)])
    if left := blanks_left(everything):
        words = _("The feedback still has a blank to fill: %(blank)s Nothing was sent.")
        raise Refused("blanks", words % {"blank": left[0]})
