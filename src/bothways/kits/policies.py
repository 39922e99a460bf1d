"""Who may prepare and who may read what candidates meet. Pure: each asks the actor and the thing, nothing else."""

from bothways.accounts.actors import Actor
from bothways.accounts.models import Organization
from bothways.lib.rows import OrganizationRow


def may_prepare(actor: Actor, organization: Organization) -> bool:
    """Owners and recruiters begin kits and fill the library."""
    return actor.may_recruit and actor.organization_id == organization.id


def may_change(actor: Actor, thing: OrganizationRow) -> bool:
    """Owners and recruiters change kits, questions and prompts of their own organization."""
    return actor.may_recruit and actor.organization_id == thing.organization_id


def may_read(actor: Actor, thing: OrganizationRow) -> bool:
    """Every member reads what candidates are asked: who rates or audits must know the questions."""
    return actor.is_member and actor.organization_id == thing.organization_id
