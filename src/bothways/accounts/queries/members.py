"""Reading the members of an organization."""

from django.db.models import QuerySet
from django.utils import timezone

from bothways.accounts.models import Member, MemberInvitation, Organization, User
from bothways.lib.tokens import digest


def member_of(slug: str, user: User) -> Member | None:
    """The user's active membership in the organization with this address, or None for everybody else."""
    return (
        Member.objects.select_related("organization", "user")
        .filter(organization__slug=slug, user=user, is_active=True, user__is_active=True)
        .first()
    )


def closed_to(slug: str, user: User) -> Organization | None:
    """The organization with this address, if the user's place in it was closed."""
    rows = Member.objects.select_related("organization").filter(organization__slug=slug, user=user, is_active=False)
    left = rows.first()
    return left.organization if left else None


def memberships(user: User) -> QuerySet[Member]:
    """Where this user is an active member, by the name of the organization."""
    active = Member.objects.select_related("organization").filter(user=user, is_active=True)
    return active.order_by("organization__name")


def members(organization: Organization) -> QuerySet[Member]:
    """All members, active ones first, by name."""
    found = Member.objects.select_related("user").filter(organization=organization)
    return found.order_by("-is_active", "user__name", "id")


def open_invitations(organization: Organization) -> QuerySet[MemberInvitation]:
    """Who was asked to join and has not answered; lapsed ones stay in sight until they are taken back."""
    found = MemberInvitation.objects.select_related("invited_by__user").filter(organization=organization)
    return found.filter(accepted_at=None, revoked_at=None).order_by("-created_at", "-id")


def invitation_of_token(token: str) -> MemberInvitation | None:
    """The invitation that this link still opens."""
    return (
        MemberInvitation.objects.select_related("organization", "invited_by__user")
        .filter(token_digest=digest(token), accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
        .first()
    )


def has_account(email: str) -> bool:
    """True where somebody can sign in with this address. Only for pages that a secret link opened."""
    return User.objects.filter(email__iexact=email).exists()
