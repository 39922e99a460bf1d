"""Interviews and inquiries, held until the transaction ends: of two at once, one comes after the other."""

from django.utils.translation import gettext as _

from bothways.conversations.models import Inquiry
from bothways.interviews.models import Interview, InterviewState
from bothways.lib.errors import Refused


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
