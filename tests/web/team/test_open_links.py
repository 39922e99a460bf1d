"""Open links: made, copied, drawn and closed by recruiters; used by everybody."""

import re
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bothways.interviews.actions.open_links import create_open_link
from bothways.interviews.models import Interview, OpenLink
from bothways.interviews.queries.open_links import address_of
from bothways.notify.models import Message
from bothways.positions.models import StageReviewer


def address(cast, name="open_links-list", **more):
    return reverse(
        f"team:{name}", kwargs={"organization": cast.organization.slug, "position_id": cast.position.id} | more
    )


@pytest.fixture
def rafael(cast, client):
    client.force_login(cast.rafael.user)
    return client


@pytest.fixture
def public(cast):
    cache.clear()
    link = create_open_link(actor=cast.actor(cast.rafael), stage=cast.stage)
    return address_of(link).removeprefix("http://localhost:8000")


def press(client, cast, what, **data):
    return client.post(address(cast, f"open_links-{what}", stage_id=cast.stage.id), data, follow=True)


def come(path, name="Dee Okafor", email="dee@example.net", **more):
    return Client().post(path, {"name": name, "email": email}, follow=True, **more)


def test_a_recruiter_makes_copies_and_closes_a_link(cast, rafael):
    page = press(rafael, cast, "create", days="").content.decode()
    link = re.search(r'value="(http://localhost:8000/o/[^"]+)"', page)[1]
    path = link.removeprefix("http://localhost:8000")
    assert Client().get(path).status_code == 200
    assert "Takes people in" in page and "Works until you close it" in page
    page = press(rafael, cast, "close").content.decode()
    assert "The link is closed" in page
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("days", ["0", "366", "x"])
def test_days_have_bounds(cast, rafael, days):
    assert press(rafael, cast, "create", days=days).status_code == 422
    assert not OpenLink.objects.exists()


def test_the_code_to_scan_is_a_picture_of_its_own(cast, rafael, public):
    response = rafael.get(address(cast, "open_links-qr", stage_id=cast.stage.id))
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(response.content).tag.endswith("svg")
    assert b"style=" not in response.content


def test_what_is_missing_is_said_instead_of_a_button(cast, rafael):
    StageReviewer.objects.all().delete()
    page = rafael.get(address(cast)).content.decode()
    assert "Nobody rates in this stage yet" in page and "Make a link" not in page
    assert press(rafael, cast, "create", days="").status_code == 409


@pytest.mark.parametrize(("who", "status"), [("audrey", 403), ("bo", 403), ("cleo", 404)])
def test_only_owners_and_recruiters_handle_links(cast, client, public, who, status):
    client.force_login(getattr(cast, who).user)
    assert client.get(address(cast)).status_code == status
    assert client.get(address(cast, "open_links-qr", stage_id=cast.stage.id)).status_code == status
    assert press(client, cast, "create", days="").status_code == status
    assert press(client, cast, "close").status_code == status
    assert OpenLink.objects.filter(closed_at=None).count() == 1


def test_the_page_tells_what_it_is_about_before_it_asks(cast, public):
    page = Client().get(public).content.decode()
    for words in (cast.position.title, "4 questions", "Bo Osei, Inês Carvalho", "At most", "7 days from now"):
        assert words in page


def test_the_personal_link_comes_by_mail_and_never_on_the_page(cast, public):
    page = come(public)
    assert page.redirect_chain[-1][0] == f"{public}sent/"
    assert "/i/" not in page.content.decode() and "dee@example.net" not in page.content.decode()
    assert Message.objects.get().to_email == "dee@example.net"


def test_nobody_learns_who_applied(cast, public):
    new = come(public)
    known = come(public, name="Mallory")
    assert new.content == known.content and new.redirect_chain == known.redirect_chain
    assert Interview.objects.get().application.candidate.name == "Dee Okafor"


@pytest.mark.parametrize(("name", "email"), [("", "dee@example.net"), ("Dee", "dee"), ("Dee", "")])
def test_what_is_wrong_stands_at_its_field(cast, public, name, email):
    response = come(public, name=name, email=email)
    assert response.status_code == 422
    assert not Interview.objects.exists()


def test_an_address_is_protected_from_a_flood_of_mails(cast, public):
    for _ in range(4):
        assert come(public).status_code == 200
    response = come(public, email="DEE@example.net")
    assert response.status_code == 422
    assert "try again in an hour" in response.content.decode()
    assert Message.objects.count() == 4


def test_one_place_cannot_ask_without_end(cast, public, monkeypatch):
    monkeypatch.setattr("bothways.web.public.views.open_link.MOST_FROM_ONE_PLACE", 2)
    for n in range(2):
        assert come(public, email=f"dee{n}@example.net").status_code == 200
    assert come(public, email="dee9@example.net").status_code == 422
    assert come(public, email="dee9@example.net", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_an_unknown_link_says_nothing(client, db):
    assert client.get("/o/" + "x" * 43 + "/").status_code == 404


def test_a_stage_that_lost_its_reviewers_takes_nobody_in(cast, public):
    StageReviewer.objects.all().delete()
    assert Client().get(public).status_code == 404
    assert come(public).status_code == 404
