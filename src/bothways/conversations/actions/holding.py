"""Interviews, inquiries, follow-ups and feedback, held until the transaction ends: of two at once, one comes after the
other."""

from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.conversations.models import Feedback, FollowUp, FollowUpState, Inquiry
from bothways.conversations.policies import may_give_feedback
from bothways.conversations.queries.feedback import feedback_of
from bothways.conversations.queries.follow_ups import is_decided, is_passed
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries.window import GRACE
from bothways.lib.errors import Refused, require


def held_interview(interview: Interview) -> Interview:
    """The interview as it is now. To ask, to answer and to decide all stand in this one line."""
    rows = Interview.objects.select_for_update(of=("self",)).select_related(
        "organization", "application__candidate", "position__replies_by__user", "stage__organization",
        "stage__position__replies_by__user", "kit_version__welcome_by__user",
    )  # fmt: skip
    return rows.get(id=interview.id, organization=interview.organization_id)


def open_inquiry(inquiry: Inquiry) -> Inquiry:
    """The inquiry as it is now, with its interview held, while it can still be answered.

    Raises:
        Refused: `answered` by somebody before, or `withdrawn`.
    """
    interview = held_interview(inquiry.interview)
    rows = Inquiry.objects.select_related("owner__user", "answered_by__user", "reply")
    inquiry = rows.get(id=inquiry.id, organization=interview.organization_id)
    inquiry.interview, inquiry.organization = interview, interview.organization
    if inquiry.answered_by is not None:
        words = _("%(name)s has answered this already. Your answer was not sent.")
        raise Refused("answered", words % {"name": inquiry.answered_by.user.name})
    if interview.state == InterviewState.WITHDRAWN:
        raise Refused("withdrawn", _("This person takes part no more, so nobody waits for this answer."))
    return inquiry


def feedback_held(actor: Actor, interview: Interview) -> Feedback:
    """What is kept of the feedback, or a new one, with its interview held, while it can still be changed.

    Raises:
        Refused: `sent`, `not_submitted`.
    """
    require(may_give_feedback(actor, interview), _("Feedback is for owners and recruiters, after their own scorecard."))
    interview = held_interview(interview)
    if interview.state != InterviewState.SUBMITTED:
        raise Refused("not_submitted", _("Only people whose answers are here get feedback. Nothing was sent."))
    feedback = feedback_of(interview) or Feedback(organization=interview.organization, interview=interview)
    if feedback.is_sent:
        words = _("%(name)s has approved it before you, and it is sent. What you wrote was not sent.")
        raise Refused("sent", words % {"name": feedback.approved_by.user.name})
    feedback.interview, feedback.organization = interview, interview.organization
    return feedback


def open_follow_up(follow_up: FollowUp, *, by_recording: bool = False) -> FollowUp:
    """The follow-up as it is now, with its interview held, while it can still be answered. A recording may come a day
    later: it may have been made in time, without a line.

    Raises:
        Refused: `answered`, `taken_back`, `decided`, `withdrawn`, or `passed` when its last day is over.
    """
    interview = held_interview(follow_up.interview)
    rows = FollowUp.objects.select_related("question", "asked_by__user", "recording")
    follow_up = rows.get(id=follow_up.id, organization=interview.organization_id)
    follow_up.interview, follow_up.organization = interview, interview.organization
    if follow_up.state == FollowUpState.ANSWERED:
        raise Refused("answered", _("You have answered this already. Your answer is safe."))
    if follow_up.state == FollowUpState.TAKEN_BACK:
        raise Refused("taken_back", _("This question was taken back. You do not have to answer it."))
    if interview.state == InterviewState.WITHDRAWN:
        raise Refused("withdrawn", _("This interview was taken back. Nothing more is recorded."))
    if is_decided(interview):
        raise Refused("decided", _("There is a decision already. You do not have to answer this any more."))
    if is_passed(follow_up, timezone.now() - GRACE if by_recording else None):
        raise Refused("passed", _("The day for this answer has passed. Everything you sent before is safe."))
    return follow_up
