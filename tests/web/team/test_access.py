"""Who may open which page of the organization: strangers are sent to sign in, outsiders see nothing, roles are kept."""

import pytest
from django.test import Client
from django.urls import resolve

from bothways.accounts.actions.members import deactivate_member, invite_member
from bothways.accounts.models import Member, Organization, Role, User
from bothways.notify.actions.team_mail import invite_member_by_mail
from bothways.notify.models import Message
from tests.factories import Cast, make_member

PAGES = {
    "members/": {"ada", "rafael", "bo", "audrey"},
    "members/invite/": {"ada"},
    "members/{member}/": {"ada"},
    "settings/": {"ada"},
    "profile/": {"ada", "rafael", "bo", "audrey"},
    "outbox/": {"ada"},
    "outbox/{message}/": {"ada"},
    "audit/": {"ada", "audrey"},
    "organizations/": {"ada", "rafael", "bo", "audrey"},
}
VERBS = ("members/{member}/deactivate/", "members/{member}/reactivate/", "members/invitations/{invitation}/revoke/")


@pytest.fixture
def things(cast: Cast) -> dict[str, object]:
    ada = cast.actor(cast.ada)
    invitation = invite_member_by_mail(
        actor=ada, organization=cast.organization, email="marta@example.org", role=Role.REVIEWER
    )
    return {"member": cast.bo.id, "invitation": invitation.id, "message": Message.objects.get().id}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["ada", "rafael", "bo", "audrey"])
def test_each_role_opens_what_it_may(cast: Cast, client: Client, things: dict, page: str, who: str) -> None:
    client.force_login(getattr(cast, who).user)
    answer = client.get(f"/team/{cast.organization.slug}/{page.format(**things)}")
    assert answer.status_code == (200 if who in PAGES[page] else 403)


@pytest.mark.parametrize("page", [*PAGES, "", *VERBS])
def test_an_outsider_learns_nothing(cast: Cast, client: Client, things: dict, page: str) -> None:
    client.force_login(cast.cleo.user)
    address = f"/team/{cast.organization.slug}/{page.format(**things)}"
    answer = client.post(address) if page in VERBS else client.get(address)
    assert answer.status_code == 404
    assert "Kestrel" not in answer.content.decode()
    nowhere = client.get("/team/no-such-organization/members/")
    assert nowhere.status_code == 404


@pytest.mark.parametrize("page", ["members/{member}/", "outbox/{message}/", *VERBS])
def test_things_of_another_organization_do_not_exist(cast: Cast, client: Client, things: dict, page: str) -> None:
    client.force_login(cast.cleo.user)
    address = f"/team/{cast.other_organization.slug}/{page.format(**things)}"
    answer = client.post(address) if page in VERBS else client.get(address)
    assert answer.status_code == 404


@pytest.mark.parametrize("page", [*PAGES, ""])
def test_a_stranger_is_asked_to_sign_in(cast: Cast, client: Client, things: dict, page: str) -> None:
    address = f"/team/{cast.organization.slug}/{page.format(**things)}"
    assert client.get(address).headers["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("who", ["rafael", "bo", "audrey"])
@pytest.mark.parametrize("page", VERBS)
def test_only_owners_press_the_buttons(cast: Cast, client: Client, things: dict, page: str, who: str) -> None:
    client.force_login(getattr(cast, who).user)
    answer = client.post(f"/team/{cast.organization.slug}/{page.format(**things)}")
    assert answer.status_code == 403
    assert "Your role does not include this page" in answer.content.decode()
    assert Member.objects.get(id=cast.bo.id).is_active


def test_who_left_sees_nothing_from_the_next_click_on(cast: Cast, client: Client) -> None:
    client.force_login(cast.bo.user)
    assert client.get(f"/team/{cast.organization.slug}/members/").status_code == 200
    deactivate_member(actor=cast.actor(cast.ada), member=cast.bo)
    answer = client.get(f"/team/{cast.organization.slug}/members/")
    assert answer.status_code == 404 and cast.organization.name in answer.content.decode()
    assert "Your place in this team is closed" in answer.content.decode()
    assert "You are in no team right now" in client.get("/team/").content.decode()


def test_the_bar_shows_what_the_role_may_open(cast: Cast, client: Client) -> None:
    def doors(member: Member) -> str:
        client.force_login(member.user)
        page = client.get(f"/team/{cast.organization.slug}/members/").content.decode()
        return page[page.index("<header") : page.index("</header>")]

    assert "/outbox/" in doors(cast.ada)
    assert "/outbox/" not in doors(cast.rafael)
    assert "/audit/" in doors(cast.audrey)
    assert "/settings/" not in doors(cast.audrey)
    assert 'aria-current="page"' in doors(cast.bo)


def test_the_roles_of_a_page_can_be_asked_for() -> None:
    """The walk over all addresses compares what each answers with what its view states."""
    assert resolve("/team/kestrel/outbox/").func.roles == (Role.OWNER,)
    assert resolve("/team/kestrel/members/").func.roles == ()


def test_pages_speak_the_language_and_time_of_the_reader(cast: Cast, client: Client) -> None:
    User.objects.filter(id=cast.ada.user_id).update(language="ar", time_zone="Asia/Amman")
    client.force_login(cast.ada.user)
    page = client.get(f"/team/{cast.organization.slug}/audit/").content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert "Asia/Amman" in page


def test_lists_cost_a_fixed_number_of_queries(cast: Cast, client: Client, django_assert_max_num_queries) -> None:
    client.force_login(cast.ada.user)
    for number in range(12):
        make_member(cast.organization, f"Member {number}", Role.REVIEWER)
        invite_member(
            actor=cast.actor(cast.ada),
            organization=Organization.objects.get(id=cast.organization.id),
            email=f"m{number}@example.org",
            role=Role.REVIEWER,
        )
    with django_assert_max_num_queries(9):
        client.get(f"/team/{cast.organization.slug}/members/")
    with django_assert_max_num_queries(8):
        client.get(f"/team/{cast.organization.slug}/audit/")
    with django_assert_max_num_queries(8):
        client.get(f"/team/{cast.organization.slug}/outbox/")
