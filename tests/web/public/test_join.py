"""Joining a team by the link in the mail."""

import pytest
from django.test import Client

from bothways.accounts.actions.members import invite_member
from bothways.accounts.models import Member, Role
from tests.factories import Cast

NEW = {"name": "Marta Lindqvist", "password": "a quiet river bed", "language": "en", "time_zone": "Europe/Lisbon"}


@pytest.fixture
def link(cast: Cast) -> str:
    _, token = invite_member(
        actor=cast.actor(cast.ada), organization=cast.organization, email="marta@example.org", role=Role.REVIEWER
    )
    return f"/join/{token}/"


def test_a_new_person_joins_and_is_signed_in(client: Client, cast: Cast, link: str) -> None:
    page = client.get(link).content.decode()
    assert "Ada Lindqvist asks you to take part" in page
    assert client.post(link, NEW).headers["Location"] == "/team/"
    member = Member.objects.get(user__email="marta@example.org")
    assert client.session["_auth_user_id"] == str(member.user_id)
    assert client.get(link).status_code == 410


def test_a_password_may_be_left_out(client: Client, cast: Cast, link: str) -> None:
    client.post(link, {**NEW, "password": ""})
    assert not Member.objects.get(user__email="marta@example.org").user.has_usable_password()


@pytest.mark.parametrize("password", ["short", "1234567890", "marta@example.org"])
def test_a_weak_password_is_said_in_words(client: Client, cast: Cast, link: str, password: str) -> None:
    answer = client.post(link, {**NEW, "password": password})
    assert answer.status_code == 422
    assert answer.context["form"].errors["password"]
    assert not Member.objects.filter(user__email="marta@example.org").exists()


def test_somebody_else_who_is_signed_in_cannot_take_it(client: Client, cast: Cast, link: str) -> None:
    client.force_login(cast.cleo.user)
    answer = client.post(link)
    assert answer.status_code == 422
    assert "The invitation is for marta@example.org" in answer.content.decode()
    assert not Member.objects.filter(organization=cast.organization, user=cast.cleo.user).exists()


def test_who_has_an_account_is_asked_to_sign_in_and_then_joins(client: Client, cast: Cast) -> None:
    _, token = invite_member(
        actor=cast.actor(cast.ada), organization=cast.organization, email=cast.cleo.user.email, role=Role.AUDITOR
    )
    page = client.get(f"/join/{token}/").content.decode()
    assert f"/accounts/login/?next=/join/{token}/" in page
    client.force_login(cast.cleo.user)
    assert client.post(f"/join/{token}/").status_code == 302
    assert Member.objects.get(organization=cast.organization, user=cast.cleo.user).role == Role.AUDITOR


def test_a_link_that_was_never_ours_says_so(client: Client, cast: Cast) -> None:
    answer = client.get("/join/nonsense/")
    assert answer.status_code == 410
    assert "Nothing of yours is lost" in answer.content.decode()
