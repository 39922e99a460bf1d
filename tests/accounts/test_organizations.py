"""Setting up an organization and changing it."""

import pytest

from bothways.accounts.actions.organizations import change_organization, create_organization
from bothways.accounts.models import AuditEntry, Organization, Role, User
from bothways.accounts.queries.audit import flaws
from bothways.lib.errors import NotAllowed, Refused
from tests.factories import PASSWORD, Cast

SETUP = {
    "name": "Kestrel Housing",
    "owner_name": "Ada Lindqvist",
    "owner_email": "ada@example.org",
    "owner_password": PASSWORD,
    "retention_profile": "eu",
}


@pytest.mark.django_db
def test_the_first_member_is_the_owner_and_can_sign_in() -> None:
    owner = create_organization(**SETUP, country="PT", time_zone="Europe/Lisbon")
    assert owner.role == Role.OWNER
    assert owner.user.check_password(PASSWORD)
    assert owner.organization.slug == "kestrel-housing"
    assert owner.organization.contact_email == "ada@example.org"
    verbs = (
        AuditEntry.objects.filter(organization=owner.organization).order_by("sequence").values_list("verb", flat=True)
    )
    assert list(verbs) == ["organization.created", "member.joined"]


@pytest.mark.django_db
@pytest.mark.parametrize("profile", ["", "forever"])
def test_no_organization_without_a_chosen_retention_profile(profile: str) -> None:
    with pytest.raises(Refused) as refused:
        create_organization(**{**SETUP, "retention_profile": profile})
    assert refused.value.code == "retention_unknown"
    assert not Organization.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_unreadable_accent_is_refused_with_one_that_works() -> None:
    with pytest.raises(Refused) as refused:
        create_organization(**SETUP, accent="#ffee00")
    assert refused.value.code == "accent_unreadable"
    assert "#ffee00" in refused.value.words


@pytest.mark.django_db
def test_a_second_organization_of_the_same_name_gets_its_own_address() -> None:
    first = create_organization(**SETUP)
    second = create_organization(**SETUP)
    assert second.organization.slug == "kestrel-housing-2"
    assert second.user == first.user, "one person, one account"
    with pytest.raises(Refused) as refused:
        create_organization(**SETUP, slug="kestrel-housing")
    assert refused.value.code == "slug_taken"


@pytest.mark.django_db
def test_an_account_that_exists_keeps_its_password() -> None:
    create_organization(**SETUP)
    again = create_organization(**{**SETUP, "name": "Plover Works", "owner_password": "something else entirely"})
    assert again.user.check_password(PASSWORD)


@pytest.mark.django_db
def test_a_name_without_latin_letters_has_an_address_too() -> None:
    assert create_organization(**{**SETUP, "name": "إسكان العاسوق"}).organization.slug == "organization"


def test_only_an_owner_changes_the_organization(cast: Cast) -> None:
    for member in (cast.rafael, cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            change_organization(actor=cast.actor(member), organization=cast.organization, name="Ours now")
    cast.organization.refresh_from_db()
    assert cast.organization.name == "Kestrel Housing"


def test_a_change_is_audited_by_field_and_nothing_else_is(cast: Cast) -> None:
    ada = cast.actor(cast.ada)
    change_organization(actor=ada, organization=cast.organization, name="Kestrel Homes", retention_profile="fr")
    entry = AuditEntry.objects.get(organization=cast.organization, verb="organization.changed")
    assert entry.detail == {"fields": ["name", "retention_profile"], "retention_profile": ["eu", "fr"]}
    change_organization(actor=ada, organization=cast.organization, name="Kestrel Homes")
    assert AuditEntry.objects.filter(verb="organization.changed").count() == 1
    assert list(flaws(cast.organization)) == []


def test_only_what_is_meant_to_change_can_be_changed(cast: Cast) -> None:
    with pytest.raises(TypeError, match="slug"):
        change_organization(actor=cast.actor(cast.ada), organization=cast.organization, slug="mine")
