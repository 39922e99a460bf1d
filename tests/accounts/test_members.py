"""Inviting, joining, changing roles and leaving."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from bothways.accounts.actions.members import (
    accept_invitation,
    change_own_profile,
    change_role,
    deactivate_member,
    invite_member,
    reactivate_member,
    revoke_invitation,
)
from bothways.accounts.models import AuditEntry, Member, MemberInvitation, Role, User
from bothways.accounts.queries.members import invitation_of_token, member_of, memberships
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.actions.messages import with_links
from bothways.notify.actions.team_mail import invite_member_by_mail
from bothways.notify.models import Message
from tests.factories import Cast, make_member


def invite(cast: Cast, email: str = "marta@example.org", role: str = Role.REVIEWER) -> tuple[MemberInvitation, str]:
    return invite_member(actor=cast.actor(cast.ada), organization=cast.organization, email=email, role=role)


def test_an_invited_person_joins_with_a_new_account(cast: Cast) -> None:
    _, token = invite(cast)
    member = accept_invitation(token=token, name="Marta Lindqvist", password="a quiet river bed", language="de")
    assert (member.role, member.user.email, member.user.language) == (Role.REVIEWER, "marta@example.org", "de")
    assert member_of(cast.organization.slug, member.user) == member


def test_an_invitation_opens_once(cast: Cast) -> None:
    _, token = invite(cast)
    accept_invitation(token=token, name="Marta")
    with pytest.raises(Refused) as refused:
        accept_invitation(token=token, name="Somebody else")
    assert refused.value.code == "invitation_gone"


def test_an_invitation_lapses_after_seven_days(cast: Cast) -> None:
    _, token = invite(cast)
    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1)):
        assert invitation_of_token(token) is None
        with pytest.raises(Refused):
            accept_invitation(token=token, name="Marta")


def test_a_newer_invitation_replaces_the_older_one(cast: Cast) -> None:
    _, old = invite(cast)
    _, new = invite(cast, "MARTA@example.org", Role.RECRUITER)
    assert invitation_of_token(old) is None
    assert accept_invitation(token=new, name="Marta").role == Role.RECRUITER


def test_a_revoked_invitation_opens_nothing(cast: Cast) -> None:
    invitation, token = invite(cast)
    revoke_invitation(actor=cast.actor(cast.ada), invitation=invitation)
    assert invitation_of_token(token) is None


def test_who_has_an_account_signs_in_first(cast: Cast) -> None:
    _, token = invite(cast, cast.cleo.user.email)
    with pytest.raises(Refused) as refused:
        accept_invitation(token=token, name="An impostor", password="a quiet river bed")
    assert refused.value.code == "sign_in_first"
    with pytest.raises(Refused) as refused:
        accept_invitation(token=token, user=cast.bo.user)
    assert refused.value.code == "other_account"
    member = accept_invitation(token=token, user=cast.cleo.user)
    assert memberships(cast.cleo.user).count() == 2
    assert member.organization == cast.organization


def test_who_is_in_the_team_is_not_invited_again(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        invite(cast, cast.bo.user.email.upper())
    assert refused.value.code == "already_member"


def test_an_old_invitation_never_changes_the_role_of_an_active_member(cast: Cast) -> None:
    _, token = invite(cast, "new@example.org", Role.REVIEWER)
    user = User.objects.create_user(email="new@example.org", name="New")
    Member.objects.create(organization=cast.organization, user=user, role=Role.OWNER)
    assert accept_invitation(token=token, user=user).role == Role.OWNER


def test_who_left_comes_back_by_a_new_invitation(cast: Cast) -> None:
    deactivate_member(actor=cast.actor(cast.ada), member=cast.bo)
    assert member_of(cast.organization.slug, cast.bo.user) is None
    _, token = invite(cast, cast.bo.user.email, Role.RECRUITER)
    assert accept_invitation(token=token, user=cast.bo.user).role == Role.RECRUITER
    assert member_of(cast.organization.slug, cast.bo.user) is not None


@pytest.mark.parametrize("who", ["rafael", "bo", "audrey", "cleo"])
def test_only_an_owner_of_this_organization_manages_members(cast: Cast, who: str) -> None:
    actor = cast.actor(getattr(cast, who))
    invitation, _ = invite(cast)
    with pytest.raises(NotAllowed):
        invite_member(actor=actor, organization=cast.organization, email="x@example.org", role=Role.OWNER)
    with pytest.raises(NotAllowed):
        revoke_invitation(actor=actor, invitation=invitation)
    with pytest.raises(NotAllowed):
        change_role(actor=actor, member=cast.bo, role=Role.OWNER)
    with pytest.raises(NotAllowed):
        deactivate_member(actor=actor, member=cast.ada)
    with pytest.raises(NotAllowed):
        reactivate_member(actor=actor, member=cast.bo)


def test_the_last_owner_stays(cast: Cast) -> None:
    ada = cast.actor(cast.ada)
    for leave in (
        lambda: deactivate_member(actor=ada, member=cast.ada),
        lambda: change_role(actor=ada, member=cast.ada, role=Role.RECRUITER),
    ):
        with pytest.raises(Refused) as refused:
            leave()
        assert refused.value.code == "last_owner"
    second = make_member(cast.organization, "Second Owner", Role.OWNER)
    change_role(actor=ada, member=cast.ada, role=Role.RECRUITER)
    with pytest.raises(Refused):
        deactivate_member(actor=cast.actor(second), member=second)


def test_an_owner_who_cannot_sign_in_does_not_count(cast: Cast) -> None:
    second = make_member(cast.organization, "Second Owner", Role.OWNER)
    User.objects.filter(id=second.user_id).update(is_active=False)
    with pytest.raises(Refused) as refused:
        deactivate_member(actor=cast.actor(cast.ada), member=cast.ada)
    assert refused.value.code == "last_owner"


def test_each_change_is_one_audit_entry(cast: Cast) -> None:
    ada = cast.actor(cast.ada)
    change_role(actor=ada, member=cast.bo, role=Role.RECRUITER)
    change_role(actor=ada, member=cast.bo, role=Role.RECRUITER)
    deactivate_member(actor=ada, member=cast.bo)
    deactivate_member(actor=ada, member=cast.bo)
    reactivate_member(actor=ada, member=cast.bo)
    verbs = AuditEntry.objects.filter(thing_id=str(cast.bo.id)).order_by("sequence").values_list("verb", flat=True)
    assert list(verbs) == ["member.role_changed", "member.deactivated", "member.reactivated"]


def test_everybody_changes_their_own_profile_only(cast: Cast) -> None:
    new = {"name": "Bo O.", "title": "rater", "language": "ar", "time_zone": "Asia/Amman"}
    change_own_profile(actor=cast.actor(cast.bo), member=cast.bo, **new)
    cast.bo.refresh_from_db()
    assert (cast.bo.user.name, cast.bo.title, cast.bo.user.language) == ("Bo O.", "rater", "ar")
    with pytest.raises(NotAllowed):
        change_own_profile(actor=cast.actor(cast.ada), member=cast.bo, **new)


def test_the_invitation_goes_out_by_mail_with_a_link_that_is_stored_sealed(cast: Cast) -> None:
    invitation = invite_member_by_mail(
        actor=cast.actor(cast.ada), organization=cast.organization, email="marta@example.org", role=Role.REVIEWER
    )
    message = Message.objects.get(kind="accounts.member_invitation")
    text, html = with_links(message)
    token = text.partition("/join/")[2].partition("/")[0]
    assert invitation_of_token(token) == invitation
    assert f"/join/{token}/" in html
    for stored in (message.body_text, message.body_html, message.sealed_links):
        assert token not in stored


def test_a_mail_that_cannot_be_written_invites_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "bothways.notify.actions.messages.seal", lambda text: (_ for _ in ()).throw(RuntimeError("no key"))
    )
    with pytest.raises(RuntimeError):
        invite_member_by_mail(
            actor=cast.actor(cast.ada), organization=cast.organization, email="marta@example.org", role=Role.REVIEWER
        )
    assert not MemberInvitation.objects.exists()
