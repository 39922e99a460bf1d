"""The front door shows each kind of visitor the way."""

import pytest
from django.test import Client

from tests.factories import Cast


@pytest.mark.django_db
def test_a_new_server_leads_to_its_first_run(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/start/"


def test_a_stranger_sees_sign_in_and_the_check_of_an_invitation(client: Client, cast: Cast) -> None:
    page = client.get("/").content.decode()
    assert 'href="/accounts/login/"' in page
    assert 'href="/real/"' in page


def test_a_member_goes_to_the_work(client: Client, cast: Cast) -> None:
    client.force_login(cast.ada.user)
    assert client.get("/").headers["Location"] == "/team/"
    assert client.get("/team/").headers["Location"] == f"/team/{cast.organization.slug}/"
