"""Mails to the team itself: come and join, sign in, set a new password."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from bothways.accounts.actions.members import invite_member
from bothways.accounts.actions.sign_in import MAILED_LIFETIME, sign_in_token
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member, MemberInvitation, Organization, User
from bothways.accounts.queries.members import memberships
from bothways.notify.actions.messages import send_message


@transaction.atomic
def invite_member_by_mail(*, actor: Actor, organization: Organization, email: str, role: str) -> MemberInvitation:
    """Invite somebody to the team and send the link, both or neither."""
    invitation, token = invite_member(actor=actor, organization=organization, email=email, role=role)
    send_message(
        organization=organization,
        kind="accounts.member_invitation",
        to_email=invitation.email,
        to_name="",
        language=organization.language,
        context={"inviter": actor.name, "role": invitation.get_role_display(), "expires_at": invitation.expires_at},
        links={"join": settings.BASE_URL + reverse("public:join", args=[token])},
        about=invitation,
    )
    return invitation


@transaction.atomic
def mail_sign_in_link(*, email: str) -> bool:
    """Send a link that signs the person in. False where nobody active has this address; the page must not tell."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    membership = _first_membership(user)
    if user is None or membership is None:
        return False
    send_message(
        organization=membership.organization,
        kind="accounts.sign_in_link",
        to_email=user.email,
        to_name=user.name,
        language=user.language,
        context={"minutes": int(MAILED_LIFETIME.total_seconds() // 60), "asked_at": timezone.now()},
        links={"sign_in": settings.BASE_URL + reverse("public:sign-in-link", args=[sign_in_token(user)])},
        about=membership,
    )
    return True


@transaction.atomic
def mail_password_reset(*, user: User, link: str) -> bool:
    """Send the link to a new password. False where the person belongs to no organization any more."""
    membership = _first_membership(user)
    if membership is None:
        return False
    send_message(
        organization=membership.organization,
        kind="accounts.password_reset",
        to_email=user.email,
        to_name=user.name,
        language=user.language,
        context={},
        links={"reset": link},
        about=membership,
    )
    return True


def _first_membership(user: User | None) -> Member | None:
    return memberships(user).first() if user else None
