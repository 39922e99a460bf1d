"""The first-run page: once, with a retention profile that somebody chose."""

import pytest
from django.test import Client

from bothways.accounts.models import Member, Organization
from bothways.accounts.retention import RETENTION_PROFILES
from tests.factories import PASSWORD, Cast

FILLED = {
    "name": "Kestrel Housing",
    "country": "PT",
    "language": "en",
    "time_zone": "Europe/Lisbon",
    "accent": "#1d5f4c",
    "retention_profile": "eu",
    "owner_name": "Ada Lindqvist",
    "owner_email": "ada@example.org",
    "owner_password": PASSWORD,
}


@pytest.mark.django_db
def test_nothing_is_chosen_for_the_owner(client: Client) -> None:
    page = client.get("/start/").content.decode()
    retention = page[page.index('id="id_retention_profile"') : page.index('id="owner"')]
    assert "checked" not in retention
    for profile in RETENTION_PROFILES.values():
        assert f'value="{profile.code}"' in retention
        assert str(profile.name) in retention


@pytest.mark.django_db
def test_the_owner_arrives_signed_in(client: Client) -> None:
    assert client.post("/start/", FILLED).status_code == 302
    owner = Member.objects.get()
    assert client.get("/team/", follow=True).wsgi_request.user == owner.user
    assert owner.organization.time_zone == "Europe/Lisbon"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("retention_profile", "", "There is no default on purpose"),
        ("accent", "#ffee00", "too light to read"),
        ("owner_password", "short", "too short"),
        ("owner_email", "nobody", "valid email"),
        ("country", "", "required"),
        ("time_zone", "Mars/Olympus", "valid choice"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(client: Client, field: str, value: str, words: str) -> None:
    answer = client.post("/start/", {**FILLED, field: value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "One thing needs another look. The rest is kept." in page
    if field != "name":
        assert 'value="Kestrel Housing"' in page
    assert PASSWORD not in page
    assert not Organization.objects.exists()


def test_the_page_is_gone_once_there_is_an_organization(client: Client, cast: Cast) -> None:
    before = Organization.objects.count()
    assert client.get("/start/").status_code == 404
    assert client.post("/start/", FILLED).status_code == 404
    assert Organization.objects.count() == before
