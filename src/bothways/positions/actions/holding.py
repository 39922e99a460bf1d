"""Inviting nobody new into a position while people in it wait for a reply that was promised."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.lib.errors import Refused, require
from bothways.positions.models import Position
from bothways.positions.policies import may_release_invitations


@transaction.atomic
def hold_invitations(*, actor: Actor, position: Position) -> None:
    """From now on nobody new is invited. Doing it again changes nothing."""
    if Position.objects.filter(id=position.id, invitations_held_at=None).update(invitations_held_at=timezone.now()):
        record(organization=position.organization, actor=actor, verb="position.invitations_held", thing=position)


@transaction.atomic
def release_invitations(*, actor: Actor, position: Position, reason: str = "") -> None:
    """Let new people be invited again.

    Raises:
        Refused: `reason_missing` from a person; the system releases when everybody has a reply, which is reason enough.
    """
    require(may_release_invitations(actor, position), _("Only an owner lets people be invited again."))
    if actor.is_member and not reason.strip():
        raise Refused(
            "reason_missing",
            _("Write one sentence: why are new people invited while others still wait for the promised reply?"),
        )
    held = Position.objects.filter(id=position.id, invitations_held_at__isnull=False)
    if held.update(invitations_held_at=None):
        record(
            organization=position.organization,
            actor=actor,
            verb="position.invitations_released",
            thing=position,
            detail={"reason": reason.strip()},
        )
