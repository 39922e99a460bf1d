"""Opening, describing and closing positions."""

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Organization
from bothways.lib.errors import Refused, require
from bothways.lib.lengths import require_lengths
from bothways.positions.models import Position, PositionState, Stage
from bothways.positions.policies import may_change_position, may_open_position


@transaction.atomic
def open_position(
    *,
    actor: Actor,
    organization: Organization,
    title: str,
    replies_by: Member,
    description: str = "",
    place: str = "",
    salary: str = "",
) -> Position:
    """A new position, still without steps."""
    require(may_open_position(actor, organization), _("Only owners and recruiters open positions."))
    position = Position(organization=organization)
    _describe(position, title, replies_by, description, place, salary)
    record(organization=organization, actor=actor, verb="position.opened", thing=position)
    return position


@transaction.atomic
def edit_position(
    *,
    actor: Actor,
    position: Position,
    title: str,
    replies_by: Member,
    description: str = "",
    place: str = "",
    salary: str = "",
) -> Position:
    """Describe the position anew. Who was invited before reads the new words from now on."""
    require_change(actor, position)
    held = Position.objects.select_for_update().get(id=position.id)
    _describe(held, title, replies_by, description, place, salary)
    record(organization=held.organization, actor=actor, verb="position.changed", thing=held)
    return held


@transaction.atomic
def close_position(*, actor: Actor, position: Position) -> Position:
    """Take no new people. Who was invited may still answer and still gets the promised reply."""
    return _set_state(actor, position, PositionState.CLOSED, "position.closed")


@transaction.atomic
def reopen_position(*, actor: Actor, position: Position) -> Position:
    """Take new people again."""
    return _set_state(actor, position, PositionState.OPEN, "position.reopened")


def require_change(actor: Actor, thing: Position | Stage) -> None:
    require(may_change_position(actor, thing), _("Only owners and recruiters set up positions."))


def _describe(position: Position, title: str, replies_by: Member, description: str, place: str, salary: str) -> None:
    title = " ".join(title.split())
    if not title:
        raise Refused("position_title", _("A position needs a title."))
    if replies_by.organization_id != position.organization_id or not replies_by.is_active:
        raise Refused("not_a_member", _("Who answers for the reply must be a member of your organization."))
    position.title, position.replies_by, position.description = title, replies_by, description.strip()
    position.place, position.salary = place.strip(), salary.strip()
    require_lengths(position)
    position.save()


def _set_state(actor: Actor, position: Position, state: PositionState, verb: str) -> Position:
    require_change(actor, position)
    changed = Position.objects.filter(id=position.id).exclude(state=state).update(state=state)
    position.refresh_from_db(fields=["state"])
    if changed:
        record(organization=position.organization, actor=actor, verb=verb, thing=position)
    return position
