"""Several organizations, one person."""

from django.test import Client

from bothways.accounts.models import Member, Role
from tests.factories import Cast


def test_a_person_in_two_organizations_chooses(cast: Cast, client: Client) -> None:
    Member.objects.create(organization=cast.organization, user=cast.cleo.user, role=Role.AUDITOR)
    client.force_login(cast.cleo.user)
    page = client.get("/team/").content.decode()
    assert f'href="/team/{cast.organization.slug}/"' in page
    assert f'href="/team/{cast.other_organization.slug}/"' in page
    assert client.get(f"/team/{cast.organization.slug}/settings/").status_code == 403, "auditor here"
    assert client.get(f"/team/{cast.other_organization.slug}/settings/").status_code == 200, "owner there"


def test_a_person_in_one_organization_never_sees_the_choice(cast: Cast, client: Client) -> None:
    client.force_login(cast.bo.user)
    assert client.get("/team/").headers["Location"] == f"/team/{cast.organization.slug}/"
