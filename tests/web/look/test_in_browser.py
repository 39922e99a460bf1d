"""The house's own pages in a real browser: axe, narrow screens, both themes, both directions, the keyboard."""

import pytest
from playwright.sync_api import expect

from bothways.accounts.actions.members import deactivate_member
from bothways.accounts.models import Member, Organization, Role, User
from bothways.notify.actions.team_mail import invite_member_by_mail
from bothways.notify.models import Message
from tests.factories import PASSWORD, Cast, make_member
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

PUBLIC = [
    "/",
    "/real/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/signup/",
    "/sign-in/sent/",
    "/nowhere/",
]
TEAM = [
    "members/",
    "members/invite/",
    "members/{member}/",
    "settings/",
    "profile/",
    "outbox/",
    "outbox/{message}/",
    "audit/?verify=1",
    "organizations/",
]
OWN = ["/team/", "/accounts/2fa/", "/accounts/logout/", "/accounts/reauthenticate/"]


@pytest.fixture
def crowd(transactional_db: None) -> Cast:
    """A team with long names, two scripts, somebody who left and somebody who was asked."""
    cast = Cast()
    long = make_member(cast.organization, "José Luis Fernández de la Vega Ruiz", Role.RECRUITER, "head of everything")
    make_member(cast.organization, "Leyla Haddad", Role.REVIEWER)
    deactivate_member(actor=cast.actor(cast.ada), member=long)
    invite_member_by_mail(
        actor=cast.actor(cast.ada),
        organization=cast.organization,
        email="a.rather.long.address.of.somebody@kestrel-housing.example",
        role=Role.REVIEWER,
    )
    Member.objects.create(organization=cast.other_organization, user=cast.ada.user, role=Role.REVIEWER)
    return cast


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_pages_for_everybody(look: Look, crowd: Cast, width: int, scheme: str) -> None:
    page = look.start(width=width, scheme=scheme)
    for address in PUBLIC:
        look.check(page, address)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_first_run(look: Look, transactional_db: None, width: int) -> None:
    page = look.start(width=width)
    look.check(page, "/start/")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("alert")).to_contain_text("need another look")
    look.check_as_it_stands(page)


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(320, "light", "de"), (1440, "dark", "ar")],
)
def test_pages_of_the_team(look: Look, crowd: Cast, width: int, scheme: str, language: str) -> None:
    User.objects.filter(id=crowd.ada.user_id).update(language=language)
    page = look.start(crowd.ada.user, width=width, scheme=scheme)
    things = {"member": crowd.bo.id, "message": Message.objects.get().id}
    for address in [f"/team/{crowd.organization.slug}/{rest.format(**things)}" for rest in TEAM] + OWN:
        look.check(page, address)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


def test_the_accent_of_the_organization_colors_its_pages(look: Look, crowd: Cast) -> None:
    Organization.objects.filter(id=crowd.organization.id).update(accent="#7a2f5a")
    page = look.start(crowd.ada.user)
    page.goto(f"/team/{crowd.organization.slug}/members/")
    button = page.get_by_role("link", name="Invite to the team")
    painted = button.evaluate("element => getComputedStyle(element).getPropertyValue('--org-accent')")
    assert painted.strip() == "#7a2f5a"


def test_signing_in_by_keyboard_alone(look: Look, crowd: Cast) -> None:
    page = look.start()
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.get_by_label("Your e-mail at work").focus()
    page.keyboard.type(crowd.bo.user.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/team/{crowd.organization.slug}/**")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_menu_of_the_person_opens_by_keyboard(look: Look, crowd: Cast) -> None:
    page = look.start(crowd.ada.user, width=360)
    page.goto(f"/team/{crowd.organization.slug}/members/")
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    outbox = page.get_by_role("link", name="Outbox")
    expect(outbox).to_be_visible()
    look.check_as_it_stands(page)
    outbox.click()
    expect(page.get_by_role("heading", name="Outbox")).to_be_visible()


def test_a_passkey_is_made_and_signs_in(look: Look, crowd: Cast) -> None:
    page = look.start()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto("/accounts/login/")
    page.get_by_label("Your e-mail at work").fill(crowd.bo.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**/team/{crowd.organization.slug}/**")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What do you call it?").fill("my phone")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator("main")).to_contain_text("recovery codes", ignore_case=True)
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("my phone")
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"**/team/{crowd.organization.slug}/**")


def test_a_passkey_that_is_not_there_is_said_in_words(look: Look, crowd: Cast) -> None:
    page = look.start()
    page.goto("/accounts/login/")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('closed', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
