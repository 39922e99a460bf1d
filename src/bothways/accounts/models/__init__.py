from .audit import AuditEntry, AuditHead
from .member import Member, MemberInvitation, Role
from .organization import Organization, WatchersShown
from .user import User

__all__ = ["AuditEntry", "AuditHead", "Member", "MemberInvitation", "Organization", "Role", "User", "WatchersShown"]
