"""Signing in by password and by mailed link; nobody learns who has an account; nobody signs up alone."""

import pytest
from django.core.cache import cache
from django.test import Client

from bothways.accounts.actions.sign_in import sign_in_token
from bothways.accounts.models import User
from bothways.notify.actions.messages import with_links
from bothways.notify.models import Message
from tests.factories import PASSWORD, Cast


@pytest.fixture(autouse=True)
def _rate_limits_start_at_zero(db: None) -> None:
    cache.clear()


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def link_in(message: Message) -> str:
    text, _ = with_links(message)
    return next(word for word in text.split() if word.startswith("http")).removeprefix("http://localhost:8000")


def test_password(client: Client, cast: Cast) -> None:
    answer = client.post("/accounts/login/", {"login": cast.ada.user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/team/"
    assert signed_in(client)


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, cast: Cast) -> None:
    wrong = client.post("/accounts/login/", {"login": cast.ada.user.email, "password": "not this one"})
    unknown = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "not this one"})
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert not signed_in(client)


def test_five_wrong_passwords_close_the_door_for_a_while(client: Client, cast: Cast) -> None:
    for _ in range(5):
        client.post("/accounts/login/", {"login": cast.ada.user.email, "password": "not this one"})
    answer = client.post("/accounts/login/", {"login": cast.ada.user.email, "password": PASSWORD})
    assert answer.status_code != 302
    assert not signed_in(client)


def test_mailed_link(client: Client, cast: Cast) -> None:
    answer = client.post("/sign-in/send/", {"login": cast.bo.user.email.upper(), "password": ""})
    assert answer.headers["Location"] == "/sign-in/sent/"
    link = link_in(Message.objects.get(kind="accounts.sign_in_link", to_email=cast.bo.user.email))
    assert client.get(link).status_code == 200
    assert not signed_in(client), "a mail scanner that opens the link signs nobody in"
    assert client.post(link).headers["Location"] == "/team/"
    assert signed_in(client)
    assert Client().get(link).headers["Location"] == "/accounts/login/", "the link is used up"


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, cast: Cast) -> None:
    answer = client.post("/sign-in/send/", {"login": "nobody@example.org"})
    assert answer.headers["Location"] == "/sign-in/sent/"
    assert not Message.objects.exists()


def test_a_link_without_an_address_asks_for_it(client: Client, cast: Cast) -> None:
    answer = client.post("/sign-in/send/", {"login": ""}, follow=True)
    assert "Write your e-mail address first" in answer.content.decode()


def test_links_are_not_sent_without_end(client: Client, cast: Cast) -> None:
    codes = [client.post("/sign-in/send/", {"login": cast.bo.user.email}).status_code for _ in range(5)]
    assert codes == [302, 302, 302, 429, 429]
    assert Message.objects.count() == 3


def test_a_mailed_link_does_not_pass_by_the_second_factor(client: Client, cast: Cast) -> None:
    cast.bo.user.authenticator_set.create(type="totp", data={"secret": "A" * 32})
    client.post(f"/sign-in/{sign_in_token(cast.bo.user)}/")
    assert not signed_in(client)


def test_a_closed_account_cannot_sign_in(client: Client, cast: Cast) -> None:
    User.objects.filter(id=cast.bo.user_id).update(is_active=False)
    client.post("/accounts/login/", {"login": cast.bo.user.email, "password": PASSWORD})
    assert not signed_in(client)


def test_a_new_password_by_mail(client: Client, cast: Cast) -> None:
    answer = client.post("/accounts/password/reset/", {"email": cast.bo.user.email})
    assert answer.headers["Location"] == "/accounts/password/reset/done/"
    link = link_in(Message.objects.get(kind="accounts.password_reset"))
    form = client.get(link, follow=True)
    chosen = {"password1": "a quiet river bed", "password2": "a quiet river bed"}
    client.post(form.redirect_chain[-1][0], chosen)
    cast.bo.user.refresh_from_db()
    assert cast.bo.user.check_password("a quiet river bed")


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(client: Client, cast: Cast) -> None:
    answer = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert answer.headers["Location"] == "/accounts/password/reset/done/"
    assert not Message.objects.exists()


def test_nobody_signs_up_alone(client: Client, cast: Cast) -> None:
    assert "You join by invitation" in client.get("/accounts/signup/").content.decode()
    new = {"email": "new@example.org", "password1": "a quiet river bed", "password2": "a quiet river bed"}
    client.post("/accounts/signup/", new)
    assert not User.objects.filter(email="new@example.org").exists()


def test_signing_out_needs_a_press(client: Client, cast: Cast) -> None:
    client.force_login(cast.ada.user)
    client.get("/accounts/logout/")
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)


def test_a_passkey_is_offered_and_its_request_is_bound_to_this_server(client: Client, cast: Cast) -> None:
    assert 'id="passkey_login"' in client.get("/accounts/login/").content.decode()
    options = client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["challenge"]
    assert options["request_options"]["publicKey"]["rpId"] == "testserver"


def test_passkeys_and_passwords_need_a_fresh_sign_in_to_be_changed(client: Client, cast: Cast) -> None:
    client.force_login(cast.ada.user)
    answer = client.get("/accounts/2fa/webauthn/add/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    client.post(answer.headers["Location"], {"password": PASSWORD})
    page = client.get("/accounts/2fa/webauthn/add/")
    assert page.status_code == 200
    assert page.context["form"]["passwordless"].initial is True
