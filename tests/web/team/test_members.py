"""The members page: inviting, roles, leaving."""

import pytest
from django.test import Client

from bothways.accounts.models import Member, MemberInvitation, Role
from bothways.notify.models import Message
from tests.factories import Cast


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    client.force_login(cast.ada.user)
    return client


def address(cast: Cast, rest: str = "") -> str:
    return f"/team/{cast.organization.slug}/members/{rest}"


def test_everybody_in_the_team_is_listed_and_nobody_else(cast: Cast, ada: Client) -> None:
    page = ada.get(address(cast)).content.decode()
    for member in (cast.ada, cast.rafael, cast.bo, cast.audrey):
        assert member.user.name in page
    assert cast.cleo.user.name not in page


def test_an_invitation_is_sent_and_shown(cast: Cast, ada: Client) -> None:
    answer = ada.post(address(cast, "invite/"), {"email": "Marta@Example.org", "role": Role.RECRUITER}, follow=True)
    page = answer.content.decode()
    assert "marta@example.org is asked to join" in page
    assert Message.objects.get().to_email == "marta@example.org"
    invitation = MemberInvitation.objects.get()
    ada.post(address(cast, f"invitations/{invitation.id}/revoke/"))
    assert "Asked to join" in page
    assert "Asked to join" not in ada.get(address(cast)).content.decode()


@pytest.mark.parametrize(
    ("email", "role", "words"),
    [
        ("nobody", Role.REVIEWER, "valid email"),
        ("marta@example.org", "king", "valid choice"),
        ("", Role.REVIEWER, "required"),
    ],
)
def test_a_wrong_invitation_is_said_in_words(cast: Cast, ada: Client, email: str, role: str, words: str) -> None:
    answer = ada.post(address(cast, "invite/"), {"email": email, "role": role})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not MemberInvitation.objects.exists()


def test_a_member_is_not_invited_twice(cast: Cast, ada: Client) -> None:
    answer = ada.post(address(cast, "invite/"), {"email": cast.bo.user.email, "role": Role.REVIEWER})
    assert "is in the team already" in answer.content.decode()


def test_a_role_is_changed(cast: Cast, ada: Client) -> None:
    ada.post(address(cast, f"{cast.bo.id}/"), {"role": Role.RECRUITER})
    assert Member.objects.get(id=cast.bo.id).role == Role.RECRUITER


def test_the_last_owner_cannot_step_down_or_leave(cast: Cast, ada: Client) -> None:
    answer = ada.post(address(cast, f"{cast.ada.id}/"), {"role": Role.REVIEWER})
    assert answer.status_code == 422
    assert "The organization needs one owner" in answer.content.decode()
    answer = ada.post(address(cast, f"{cast.ada.id}/deactivate/"), follow=True)
    assert "The organization needs one owner" in answer.content.decode()
    assert Member.objects.get(id=cast.ada.id).role == Role.OWNER


def test_leaving_and_coming_back(cast: Cast, ada: Client) -> None:
    ada.post(address(cast, f"{cast.bo.id}/deactivate/"))
    assert "Left the team" in ada.get(address(cast)).content.decode()
    ada.post(address(cast, f"{cast.bo.id}/reactivate/"))
    assert Member.objects.get(id=cast.bo.id).is_active
