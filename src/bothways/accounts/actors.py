"""Who is doing something. Every verb takes one."""

import uuid
from dataclasses import dataclass

from bothways.accounts.models import Member, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is "member", "candidate", "guest" or "system". A member's role is the one in `organization_id`."""

    kind: str
    name: str
    organization_id: uuid.UUID | None
    id: uuid.UUID | None = None
    role: str | None = None

    @property
    def is_member(self) -> bool:
        return self.kind == "member"

    def has_role(self, *roles: str) -> bool:
        return self.is_member and self.role in roles

    @property
    def may_recruit(self) -> bool:
        """Owners and recruiters prepare, invite and decide."""
        return self.has_role(Role.OWNER, Role.RECRUITER)


def member_actor(member: Member) -> Actor:
    return Actor("member", member.user.name, member.organization_id, member.id, member.role)


def candidate_actor(*, candidate_id: uuid.UUID, name: str, organization_id: uuid.UUID) -> Actor:
    return Actor("candidate", name, organization_id, candidate_id)


def guest_actor(*, share_id: uuid.UUID, name: str, organization_id: uuid.UUID) -> Actor:
    """Somebody without an account, under the name that a member gave when they shared something."""
    return Actor("guest", name, organization_id, share_id)


def system_actor(organization_id: uuid.UUID | None) -> Actor:
    return Actor("system", "Bothways", organization_id)
