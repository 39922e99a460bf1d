"""Whether an interview is recorded or live, where the candidate may choose."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.closed import refuse_closed
from bothways.interviews.models import Interview, InterviewKind
from bothways.interviews.policies import may_take_part
from bothways.interviews.queries.window import accepts_new_takes
from bothways.lib.errors import Refused, require


@transaction.atomic
def change_kind(*, interview: Interview, kind: InterviewKind, actor: Actor) -> bool:
    """Take the other way. False if it was taken already. Whether there is another way, the caller knows.

    Raises:
        NotAllowed, Refused: `begun` once anything was answered or a time was booked; or the interview is closed.
    """
    require(may_take_part(actor, interview), _("This interview belongs to somebody else."))
    rows = Interview.objects.select_related("organization", "stage", "application__candidate")
    interview = rows.select_for_update(of=("self",)).get(id=interview.id, organization=interview.organization_id)
    if interview.kind == kind:
        return False
    if not accepts_new_takes(interview):
        raise refuse_closed(interview)
    if interview.started_at is not None:
        raise Refused(
            "begun", _("You have begun already. What you gave is safe. To change the way now, ask us for it.")
        )
    interview.kind = kind
    interview.save(update_fields=["kind"])
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="interview.kind_changed",
        thing=interview,
        detail={"kind": kind},
    )
    return True
