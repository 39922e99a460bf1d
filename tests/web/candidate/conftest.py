"""A candidate with a link, before a browser that has none of our cookies."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from bothways.interviews.models import Interview
from tests.factories import Cast, make_interview, make_token
from tests.interviews.taking_part import consented


@dataclass
class Visitor:
    """Asks for pages behind one link."""

    client: Client
    interview: Interview
    token: str

    def url(self, path: str = "") -> str:
        return f"/i/{self.token}/{path}"

    def get(self, path: str = "", **more: Any) -> HttpResponse:
        return self.client.get(self.url(path), **more)

    def post(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
        return self.client.post(self.url(path), fields or {}, **more)

    def send(self, path: str, body: Any) -> HttpResponse:
        """As the recorder asks: JSON in, JSON out."""
        return self.client.post(self.url(path), body, content_type="application/json")


def visitor(interview: Interview) -> Visitor:
    return Visitor(Client(), interview, make_token(interview))


@pytest.fixture
def dee(cast: Cast) -> Visitor:
    """Dee has just got the link."""
    cast.organization.contact_email = "people@kestrel.example"
    cast.organization.save()
    return visitor(make_interview(cast.stage, cast.kit_version))


@pytest.fixture
def agreed(dee: Visitor) -> Visitor:
    """Dee has agreed to be recorded."""
    consented(dee.interview)
    return dee
