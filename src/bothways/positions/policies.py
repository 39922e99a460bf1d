"""Who may set up positions and who may see them. Pure: each asks the actor and the thing, nothing else."""

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, Organization, Role
from bothways.lib.rows import OrganizationRow
from bothways.positions.models import Position
from bothways.positions.queries.stages import RATING_ROLES


def may_open_position(actor: Actor, organization: Organization) -> bool:
    """Owners and recruiters open positions."""
    return actor.may_recruit and actor.organization_id == organization.id


def may_change_position(actor: Actor, thing: OrganizationRow) -> bool:
    """Owners and recruiters change the positions and stages of their own organization."""
    return actor.may_recruit and actor.organization_id == thing.organization_id


def may_release_invitations(actor: Actor, position: Position) -> bool:
    """An owner answers for inviting more people before the others have their reply; the system, once they have."""
    if actor.organization_id != position.organization_id:
        return False
    return actor.kind == "system" or actor.has_role(Role.OWNER)


def may_watch(member: Member, organization: Organization) -> bool:
    """Whoever is active and rates: an auditor sees the record, not the recordings."""
    return member.is_active and member.organization_id == organization.id and member.role in RATING_ROLES
