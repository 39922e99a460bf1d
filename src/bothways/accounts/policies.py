"""Who may do what with an organization and its members."""

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, MemberInvitation, Organization, Role


def may_see_members(actor: Actor, organization: Organization) -> bool:
    """Everybody in the team knows who is in the team."""
    return actor.is_member and actor.organization_id == organization.id


def may_change_organization(actor: Actor, organization: Organization) -> bool:
    return actor.has_role(Role.OWNER) and actor.organization_id == organization.id


def may_manage_members(actor: Actor, organization: Organization) -> bool:
    return may_change_organization(actor, organization)


def may_change_member(actor: Actor, member: Member) -> bool:
    """Owners change everybody, themselves included; that one owner remains is a rule of the verb."""
    return may_manage_members(actor, member.organization)


def may_revoke_invitation(actor: Actor, invitation: MemberInvitation) -> bool:
    return may_manage_members(actor, invitation.organization)


def may_change_own_profile(actor: Actor, member: Member) -> bool:
    return actor.is_member and actor.id == member.id


def may_read_outbox(actor: Actor, organization: Organization) -> bool:
    """Mails carry secret links and words to candidates: owners only."""
    return may_change_organization(actor, organization)


def may_see_lanes(actor: Actor, organization: Organization) -> bool:
    """Work in the background, and trying again what failed: whoever looks after the server, which are the owners."""
    return may_change_organization(actor, organization)


def may_read_audit(actor: Actor, organization: Organization) -> bool:
    return actor.has_role(Role.OWNER, Role.AUDITOR) and actor.organization_id == organization.id
