"""Faults say what happened, what is safe and what to do next."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.factories import Cast


@pytest.mark.parametrize("page", ["400.html", "403.html", "403_csrf.html", "404.html", "409.html", "500.html"])
def test_every_fault_says_three_things(page: str) -> None:
    html = render_to_string(page, {"words": "Because."})
    for label in ("What happened", "What is safe", "What to do now"):
        assert label in html
    assert "!" not in html.replace("<!doctype html>", "").replace("<!--", "")


@pytest.mark.parametrize("reason", ["unknown", "expired", "withdrawn", "closed", "held", "replaced"])
def test_a_candidates_link_that_does_not_open(reason: str, cast: Cast) -> None:
    html = render_to_string("candidate/gone/gone.html", {"reason": reason, "organization": cast.organization})
    assert "What is safe" in html
    assert html.count("<h1>") == 1


def test_an_unknown_address(client: Client, cast: Cast) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.content.decode()


def test_a_form_without_its_key(cast: Cast) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_every_page_is_strict_about_scripts_and_styles(client: Client, cast: Cast) -> None:
    for address in ("/", "/accounts/login/", "/real/", "/nowhere/"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
