"""Who belongs to the team: inviting, joining, changing roles, leaving."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Member, MemberInvitation, Organization, Role, User
from bothways.accounts.policies import (
    may_change_member,
    may_change_own_profile,
    may_manage_members,
    may_revoke_invitation,
)
from bothways.lib.errors import Refused, require
from bothways.lib.signals import raters_changed
from bothways.lib.tokens import digest, new_token

INVITATION_LIFETIME = dt.timedelta(days=7)


@transaction.atomic
def invite_member(*, actor: Actor, organization: Organization, email: str, role: str) -> tuple[MemberInvitation, str]:
    """Ask somebody to join. Returns the invitation and its token, which is known nowhere else.

    An older open invitation to the same address is replaced, so that the newest mail is the one that works.

    Raises:
        Refused: `already_member` where an active member has this address.
    """
    require(may_manage_members(actor, organization), _("Only an owner invites people to the team."))
    email = email.strip().lower()
    if Member.objects.filter(organization=organization, user__email__iexact=email, is_active=True).exists():
        raise Refused("already_member", _("%(email)s is in the team already.") % {"email": email})
    now = timezone.now()
    MemberInvitation.objects.filter(organization=organization, email=email, accepted_at=None, revoked_at=None).update(
        revoked_at=now
    )
    token = new_token()
    invitation = MemberInvitation.objects.create(
        organization=organization,
        email=email,
        role=Role(role),
        token_digest=digest(token),
        invited_by_id=actor.id,
        expires_at=now + INVITATION_LIFETIME,
    )
    record(organization=organization, actor=actor, verb="member.invited", thing=invitation, detail={"role": role})
    return invitation, token


@transaction.atomic
def revoke_invitation(*, actor: Actor, invitation: MemberInvitation) -> None:
    """Take an open invitation back: its link opens nothing from now on."""
    require(may_revoke_invitation(actor, invitation), _("Only an owner takes an invitation back."))
    changed = MemberInvitation.objects.filter(id=invitation.id, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if changed:
        record(organization=invitation.organization, actor=actor, verb="member_invitation.revoked", thing=invitation)


@transaction.atomic
def accept_invitation(
    *, token: str, user: User | None = None, name: str = "", password: str | None = None, **profile: str
) -> Member:
    """Join the team: with the account that is signed in, or with a new one for the invited address.

    `profile` may carry language and time_zone of a new account.

    Raises:
        Refused: `invitation_gone` where the link opens nothing; `other_account` where somebody else is signed in;
            `sign_in_first` where the address has an account that is not signed in.
    """
    invitation = (
        MemberInvitation.objects.select_for_update(of=("self",))
        .select_related("organization")
        .filter(token_digest=digest(token), accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if invitation is None:
        raise Refused(
            "invitation_gone",
            _("This invitation does not open any more. Ask the person who sent it for a new one."),
        )
    if user is not None and user.email.lower() != invitation.email:
        raise Refused(
            "other_account",
            _("The invitation is for %(email)s. Sign out first, then open the link again.")
            % {"email": invitation.email},
        )
    if user is None:
        if User.objects.filter(email__iexact=invitation.email).exists():
            raise Refused("sign_in_first", _("You have an account here. Sign in, then open the link again."))
        user = User.objects.create_user(email=invitation.email, name=name, password=password, **profile)
    member, created = Member.objects.get_or_create(
        organization=invitation.organization, user=user, defaults={"role": invitation.role}
    )
    if not created and not member.is_active:
        member.role, member.is_active = invitation.role, True
        member.save(update_fields=["role", "is_active"])
        raters_changed.send(Member, thing=member)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record(
        organization=invitation.organization,
        actor=member_actor(member),
        verb="member.joined",
        thing=member,
        detail={"role": member.role, "invitation": invitation.id},
    )
    return member


@transaction.atomic
def change_role(*, actor: Actor, member: Member, role: str) -> None:
    """Give a member another role. The last active owner stays owner.

    Raises:
        Refused: `last_owner`.
    """
    require(may_change_member(actor, member), _("Only an owner changes roles."))
    locked = _locked(member)
    before, after = locked.role, Role(role)
    if before == after:
        return
    if before == Role.OWNER:
        _keep_one_owner(locked)
    locked.role = after
    locked.save(update_fields=["role"])
    raters_changed.send(Member, thing=locked)
    record(
        organization=locked.organization,
        actor=actor,
        verb="member.role_changed",
        thing=locked,
        detail={"from": before, "to": after},
    )


@transaction.atomic
def change_lead(*, actor: Actor, member: Member, lead: Member | None) -> None:
    """Say who leads a member: who is told when a promise of theirs is near its end. None leaves it to the owners.

    Raises:
        Refused: `not_a_lead` for the member themselves, somebody who left, or somebody of another organization.
    """
    require(may_change_member(actor, member), _("Only an owner says who leads whom."))
    locked = _locked(member)
    if locked.lead_id == (lead.id if lead else None):
        return
    if lead and (lead.id == locked.id or not lead.is_active or lead.organization_id != locked.organization_id):
        raise Refused("not_a_lead", _("Somebody else who is in the team leads a member."))
    before, locked.lead = locked.lead_id, lead
    locked.save(update_fields=["lead"])
    record(
        organization=locked.organization,
        actor=actor,
        verb="member.lead_changed",
        thing=locked,
        detail={"from": before, "to": locked.lead_id},
    )


@transaction.atomic
def deactivate_member(*, actor: Actor, member: Member) -> None:
    """Close the organization to a member. What they did stays on record under their name.

    Raises:
        Refused: `last_owner`.
    """
    require(may_change_member(actor, member), _("Only an owner takes people out of the team."))
    locked = _locked(member)
    if not locked.is_active:
        return
    if locked.role == Role.OWNER:
        _keep_one_owner(locked)
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    raters_changed.send(Member, thing=locked)
    record(organization=locked.organization, actor=actor, verb="member.deactivated", thing=locked)


@transaction.atomic
def reactivate_member(*, actor: Actor, member: Member) -> None:
    """Let a former member in again, in the role they had."""
    require(may_change_member(actor, member), _("Only an owner brings people back into the team."))
    locked = _locked(member)
    if locked.is_active:
        return
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    raters_changed.send(Member, thing=locked)
    record(organization=locked.organization, actor=actor, verb="member.reactivated", thing=locked)


@transaction.atomic
def change_own_profile(
    *, actor: Actor, member: Member, name: str, title: str, language: str, time_zone: str, languages: Iterable[str] = ()
) -> None:
    """Change how one appears, in which language and time zone one reads, and in which languages one rates (empty: all).

    Raises:
        Refused: `language` for one that no interview can be in.
    """
    require(may_change_own_profile(actor, member), _("You change your own name only."))
    user = User.objects.select_for_update().get(id=member.user_id)
    user.name, user.language, user.time_zone = name, language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    if not set(rated := sorted(set(languages))) <= {code for code, _name in settings.LANGUAGES}:
        raise Refused("language", _("This is no language of interviews. Nothing was changed."))
    Member.objects.filter(id=member.id).update(title=title, languages=rated)
    raters_changed.send(Member, thing=member)
    record(organization=member.organization, actor=actor, verb="member.profile_changed", thing=member)


def _locked(member: Member) -> Member:
    return Member.objects.select_for_update(of=("self",)).select_related("organization").get(id=member.id)


def _keep_one_owner(leaving: Member) -> None:
    """Refuse to lose the last owner. All owners are locked, so that two cannot leave at the same moment."""
    owners = Member.objects.select_for_update().filter(
        organization=leaving.organization, role=Role.OWNER, is_active=True, user__is_active=True
    )
    if not [owner for owner in owners if owner.id != leaving.id]:
        raise Refused(
            "last_owner",
            _("The organization needs one owner. Make somebody else an owner first, then try again."),
        )
