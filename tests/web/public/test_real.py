"""Is this invitation real?"""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bothways.interviews.models import AccessToken, OpenLink
from bothways.lib.sealing import seal
from bothways.lib.tokens import digest, new_token
from tests.factories import Cast, make_interview, make_token

HERE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _rate_limits_start_at_zero(db: None) -> None:
    cache.clear()


def verdict(client: Client, link: str) -> str:
    answer = client.post("/real/", {"link": link})
    assert answer.status_code == 200
    return answer.context["verdict"].kind


def test_a_link_of_ours_names_its_organization(client: Client, cast: Cast) -> None:
    token = make_token(make_interview(cast.stage, cast.kit_version))
    answer = client.post("/real/", {"link": f"  {HERE}/i/{token}/  "})
    assert "Yes. Kestrel Housing made this link." in answer.content.decode()


def test_an_address_without_its_beginning_is_understood(client: Client, cast: Cast) -> None:
    token = make_token(make_interview(cast.stage, cast.kit_version))
    assert verdict(client, f"localhost:8000/i/{token}") == "real"


def test_a_link_whose_time_is_over(client: Client, cast: Cast) -> None:
    token = make_token(make_interview(cast.stage, cast.kit_version))
    AccessToken.objects.update(revoked_at=timezone.now())
    assert verdict(client, f"{HERE}/i/{token}/") == "over"
    AccessToken.objects.update(revoked_at=None, expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert verdict(client, f"{HERE}/i/{token}/") == "over"


def test_an_open_link(client: Client, cast: Cast) -> None:
    token = new_token()
    link = OpenLink.objects.create(
        organization=cast.organization,
        stage=cast.stage,
        token_digest=digest(token),
        sealed_token=seal(token),
        created_by=cast.ada,
    )
    assert verdict(client, f"{HERE}/o/{token}/") == "real"
    OpenLink.objects.filter(id=link.id).update(closed_at=timezone.now())
    assert verdict(client, f"{HERE}/o/{token}/") == "over"


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        (f"{HERE}/i/{'x' * 43}/", "unknown"),
        (f"{HERE}/i/short/", "unknown"),
        (f"{HERE}/team/", "unknown"),
        ("https://localhost.evil.example/i/abc/", "elsewhere"),
        ("http://localhost:8000@evil.example/i/abc/", "elsewhere"),
        ("http://[::1", "elsewhere"),
        ("not a link at all", "elsewhere"),
        ("javascript:alert(1)", "elsewhere"),
    ],
)
def test_what_is_not_ours(client: Client, cast: Cast, link: str, kind: str) -> None:
    assert verdict(client, link) == kind


def test_the_link_is_never_part_of_an_address(client: Client, cast: Cast) -> None:
    page = client.get("/real/?link=http://localhost:8000/i/abc/").content.decode()
    assert 'method="post"' in page
    assert "/i/abc" not in page
