"""What leaves the product is written down first: by whom, of what, and how much."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.policies import may_see_people
from bothways.interviews.queries.people import Asked, count
from bothways.lib.errors import require
from bothways.positions.models import Position


@transaction.atomic
def export_people(*, actor: Actor, position: Position, asked: Asked) -> int:
    """Write down that this member takes a list of people with them. Returns how many are in it.

    What was searched for is a name as a rule, so that only the state stands in the audit log.
    """
    require(may_see_people(actor, position), _("Your role does not include the names of candidates."))
    rows = count(position, asked)
    audit.record(
        organization=position.organization,
        actor=actor,
        verb="people.exported",
        thing=position,
        detail={"file": "csv", "rows": rows, "state": asked.state, "searched": bool(asked.words)},
    )
    return rows
