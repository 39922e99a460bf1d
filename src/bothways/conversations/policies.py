"""Who may see what is promised to candidates."""

from bothways.accounts.actors import Actor
from bothways.accounts.models import Role
from bothways.positions.models import Position


def may_see_promises(actor: Actor, position: Position) -> bool:
    """Who prepares, decides or audits. Who only rates has nothing to do with it."""
    return _reads_about(actor, position)


def may_see_survey(actor: Actor, position: Position) -> bool:
    """What candidates say together is for those who can change it. Nobody sees what one of them said."""
    return _reads_about(actor, position)


def _reads_about(actor: Actor, position: Position) -> bool:
    return (
        actor.has_role(Role.OWNER, Role.RECRUITER, Role.AUDITOR) and actor.organization_id == position.organization_id
    )
