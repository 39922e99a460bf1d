"""What everything that candidates give has in common: it waits its turn, needs consent, and begins the interview."""

from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.interviews.actions.closed import refuse_closed, require_recorded
from bothways.interviews.actions.state import change_state
from bothways.interviews.models import Consent, Interview, InterviewState, NoteToReviewers, WrittenAnswer
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.window import accepts_begun_takes, accepts_new_takes
from bothways.lib.errors import Refused, require


class WrittenElsewhere(Refused):
    """Another device of the same person has saved something newer. `current` is what stands now."""

    def __init__(self, current: WrittenAnswer | NoteToReviewers) -> None:
        words = _("Something newer was saved on another device. Nothing was overwritten.")
        super().__init__("overtaken", words)
        self.current = current


def require_newest(current: WrittenAnswer | NoteToReviewers, text: str, revision: int | None) -> None:
    """Ask whether the page that sends `text` knew what stands. `revision` None overwrites whatever that is.

    Raises:
        WrittenElsewhere: it did not, and the words differ.
    """
    if revision is not None and revision != current.revision and current.text not in ("", text):
        raise WrittenElsewhere(current)


def locked(interview: Interview, actor: Actor) -> Interview:
    """The interview as it is now, held until the transaction ends: of two devices one comes after the other."""
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    rows = Interview.objects.select_related("organization", "application").select_for_update(of=("self",))
    return rows.get(id=interview.id, organization=interview.organization_id)


def require_time(interview: Interview, *, is_begun: bool) -> None:
    """Ask whether an answer may still be given. What was begun in time may be finished a day longer.

    Raises:
        Refused: `live`, `no_consent`, or why the interview is closed.
    """
    require_recorded(interview)
    if not (accepts_begun_takes(interview) if is_begun else accepts_new_takes(interview)):
        raise refuse_closed(interview)
    if not Consent.objects.filter(interview=interview).exists():
        raise Refused(
            "no_consent",
            _("Before anything is kept, we need your consent. Nothing was kept so far. Open your link to give it."),
        )


def begin(interview: Interview, actor: Actor) -> None:
    """The first that is given starts the interview."""
    if interview.state != InterviewState.STARTED:
        change_state(interview=interview, to=InterviewState.STARTED, actor=actor)
