"""The outbox: everything that was written, what became of it, and secret links whose reading is on record."""

import re

import pytest
from django.conf import settings
from django.test import Client

from bothways.accounts.models import AuditEntry
from bothways.notify.actions.team_mail import mail_sign_in_link
from bothways.notify.models import Message
from tests.factories import Cast


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    client.force_login(cast.ada.user)
    return client


def test_without_a_mail_server_it_says_so(cast: Cast, ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SENDS_MAIL", False)
    assert "No mail leaves this server" in ada.get(f"/team/{cast.organization.slug}/outbox/").content.decode()
    monkeypatch.setattr(settings, "SENDS_MAIL", True)
    assert "No mail leaves this server" not in ada.get(f"/team/{cast.organization.slug}/outbox/").content.decode()


def test_a_mail_is_read_with_its_link_and_that_is_on_record(cast: Cast, ada: Client) -> None:
    mail_sign_in_link(email=cast.bo.user.email)
    message = Message.objects.get()
    listed = ada.get(f"/team/{cast.organization.slug}/outbox/").content.decode()
    assert message.subject in listed
    assert "/sign-in/" not in listed
    page = ada.get(f"/team/{cast.organization.slug}/outbox/{message.id}/").content.decode()
    assert re.search(r'href="http://localhost:8000/sign-in/[^"]+"', page)
    entry = AuditEntry.objects.get(verb="message.links_read")
    assert (entry.thing_id, entry.actor_id) == (str(message.id), str(cast.ada.id))


def test_pages_reach_every_mail_once(cast: Cast, ada: Client) -> None:
    Message.objects.bulk_create(
        Message(
            organization=cast.organization,
            kind="accounts.sign_in_link",
            to_email="dee@example.net",
            language="en",
            subject=f"Mail number {number:03}",
            body_text="Hello",
        )
        for number in range(120)
    )
    seen: list[str] = []
    address = f"/team/{cast.organization.slug}/outbox/"
    following = ""
    while True:
        page = ada.get(address + following).content.decode()
        seen += re.findall(r"Mail number \d{3}", page)
        older = re.search(r'href="(\?before=[^"]+)"', page)
        if not older:
            break
        following = older[1].replace("&amp;", "&")
    assert len(seen) == 120
    assert len(set(seen)) == 120


@pytest.mark.parametrize("before", ["nonsense", "2026-01-01_nonsense", "_", "2026-01-01"])
def test_a_made_up_place_does_not_exist(cast: Cast, ada: Client, before: str) -> None:
    assert ada.get(f"/team/{cast.organization.slug}/outbox/", {"before": before}).status_code == 404


def test_words_in_a_mail_never_become_markup(cast: Cast, ada: Client) -> None:
    message = Message.objects.create(
        organization=cast.organization,
        kind="review.reply",
        to_email="dee@example.net",
        to_name="<script>alert(1)</script>",
        language="en",
        subject="<b>Hello</b>",
        body_text="<img src=x onerror=alert(1)>",
    )
    page = ada.get(f"/team/{cast.organization.slug}/outbox/{message.id}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
