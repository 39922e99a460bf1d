"""The list of technical faults: for owners and recruiters, without names; and nothing of it where somebody rates."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from bothways.interviews.models import Fault, Interview, Take
from bothways.work.models import Uptime
from tests.factories import Cast, make_submitted_interview


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")


def note(interview: Interview, code: str = "device_lost", **fields: object) -> Fault:
    return Fault.objects.create(
        **{
            "organization": interview.organization,
            "interview": interview,
            "place": 2,
            "code": code,
            "detail": "<b>track ended</b>",
            "browser": "Zebra/7",
            **fields,
        }
    )


def page_of(cast: Cast, client: Client, more: str = "") -> str:
    return " ".join(client.get(f"/team/{cast.organization.slug}/faults/{more}").content.decode().split())


def test_it_says_what_where_when_and_in_which_browser(cast: Cast, client: Client, interview: Interview) -> None:
    note(interview, take=Take.objects.filter(answer__interview=interview).first(), segment=3)
    note(interview, code="brand_new")
    client.force_login(cast.rafael.user)
    page = page_of(cast, client)
    for words in (
        "Camera or microphone went away", "device_lost", "&lt;b&gt;track ended&lt;/b&gt;", "Zebra/7",
        interview.code_name, "Question 2", "take 1", "part 3", "brand_new",
    ):  # fmt: skip
        assert words in page, words
    assert "Rarebird" not in page


def test_it_says_when_the_server_was_away(cast: Cast, client: Client) -> None:
    client.force_login(cast.ada.user)
    assert "Not at all in the last 30 days" in page_of(cast, client)
    now = timezone.now()
    Uptime.objects.create(part="web", started_at=now - dt.timedelta(hours=9), last_at=now - dt.timedelta(hours=8))
    Uptime.objects.create(part="web", started_at=now - dt.timedelta(hours=6), last_at=now)
    assert "pages and uploads" in page_of(cast, client)


def test_pages_reach_every_fault_once(cast: Cast, client: Client, interview: Interview, django_assert_max_num_queries):
    Fault.objects.bulk_create(
        Fault(organization=cast.organization, interview=interview, place=1, code=f"code_{number}", segment=number)
        for number in range(120)
    )
    client.force_login(cast.ada.user)
    seen: list[str] = []
    following = ""
    while True:
        with django_assert_max_num_queries(10):
            page = page_of(cast, client, following)
        seen += re.findall(r">(code_\d+)</code>", page)
        older = re.search(r'href="(\?before=[^"]+)"', page)
        if not older:
            break
        following = older[1]
    assert len(seen) == len(set(seen)) == 120
    assert client.get(f"/team/{cast.organization.slug}/faults/?before=nonsense").status_code == 404


def test_whoever_rates_gets_nothing_of_it(cast: Cast, client: Client, interview: Interview) -> None:
    """Every page and every answer of the rating room and of the comparison, byte for byte, with and without a fault."""
    client.force_login(cast.bo.user)
    base = f"/team/{cast.organization.slug}"
    asked = interview.answers.first()
    addresses = [
        f"{base}/",
        f"{base}/review/",
        f"{base}/review/{interview.id}/",
        f"{base}/review/{interview.id}/1/",
        f"{base}/compare/{cast.stage.id}/",
    ]

    def bodies() -> list[str]:
        found = []
        for address in addresses:
            answer = client.get(address, follow=True)
            assert answer.status_code in (200, 404), address
            # Tokens and keys of forms and addresses of media are new each time.
            found.append(re.sub(r'/d/[^"]+|[A-Za-z0-9]{64}|name="key" value="[^"]+"', "", answer.content.decode()))
        return found

    assert client.get(f"{base}/faults/").status_code == 403
    plain = bodies()
    assert len(plain[2]) > 1000
    note(interview, take=asked.chosen_take)
    Take.objects.update(faulted_at=timezone.now())
    Interview.objects.update(made_up_at=timezone.now(), faults_made_up=2)
    assert bodies() == plain
    assert not [body for body in plain if "faults" in body or "Technical" in body]
