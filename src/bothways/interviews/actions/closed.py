"""Why an interview takes nothing more, in words."""

from django.utils.translation import gettext as _

from bothways.interviews.models import Interview, InterviewKind, InterviewState
from bothways.interviews.queries.window import extensions_left
from bothways.lib.errors import Refused


def refuse_closed(interview: Interview) -> Refused:
    """The refusal to raise for an interview that is sent, withdrawn or past its time."""
    if interview.state == InterviewState.SUBMITTED:
        return Refused("submitted", _("Your answers have been sent. They are safe, and nothing more can be added."))
    if interview.state == InterviewState.WITHDRAWN:
        return Refused("withdrawn", _("This interview was taken back. Nothing more is recorded."))
    if extensions_left(interview):
        return Refused(
            "deadline",
            _(
                "The time to answer is over. What you recorded before is safe. You can take 3 more days yourself: "
                "open your link again."
            ),
        )
    return Refused(
        "deadline",
        _(
            "The time to answer is over. What you recorded before is safe. If you still want to take part, write to "
            "the person who invited you."
        ),
    )


def require_recorded(interview: Interview) -> None:
    """Who talks live records and writes nothing beside it.

    Raises:
        Refused: `live`.
    """
    if interview.kind == InterviewKind.LIVE:
        raise Refused("live", _("You talk live in this interview, so nothing is recorded or written here."))
