"""The organization's colour as a stylesheet."""

import pytest
from django.test import Client


def test_a_color_is_served_for_ever(client: Client) -> None:
    answer = client.get("/accent/7a2f5a.css")
    assert answer.content == b":root{--org-accent:#7a2f5a}"
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("color", ["7A2F5A", "red", "7a2f5", "7a2f5a00", "zzzzzz"])
def test_anything_else_is_not_a_color(client: Client, color: str) -> None:
    assert client.get(f"/accent/{color}.css").status_code == 404
