"""The page on which a link for somebody without an account is made, seen and closed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bothways.interviews.models import Interview
from bothways.review.models import Share
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import make_shared

FILLED = {"recipient": "Sam Guest", "is_involved": "on", "answers": "on", "days": "7", "most_views": "5"}


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")


@pytest.fixture
def rafael(cast: Cast, client: Client) -> Client:
    client.force_login(cast.rafael.user)
    return client


def address(cast: Cast, interview: Interview, name: str = "shares-interview", **more) -> str:
    slug = more.pop("slug", cast.organization.slug)
    return reverse(f"team:{name}", kwargs={"organization": slug, "interview_id": interview.id, **more})


def test_a_link_is_made_shown_once_and_works(cast, rafael, interview):
    page = rafael.post(address(cast, interview), FILLED).content.decode()
    link = re.search(r'value="(http://localhost:8000/s/[^"]+)"', page)[1]
    assert "For Sam Guest" in Client().get(link.removeprefix("http://localhost:8000")).content.decode()
    again = rafael.get(address(cast, interview)).content.decode()
    assert link not in again and "Sam Guest" in again and "Opened 0 of 5 times" in again
    assert "Xanthippe" not in page + again
    share = Share.objects.get()
    assert share.shows_answers and not (share.shows_name or share.shows_scorecards or share.shows_transcript)


def test_everything_but_the_answers_is_hidden_until_it_is_ticked(cast, rafael, interview):
    page = rafael.get(address(cast, interview)).content.decode()
    ticked = re.findall(r'<input type="checkbox" name="(\w+)"[^>]*checked', page)
    assert ticked == ["answers"]
    assert 'name="days" value="7"' in page and 'max="30"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("recipient", ""), ("is_involved", None), ("days", "31"), ("days", "x"), ("most_views", "0"), ("answers", None)],
)
def test_what_is_wrong_is_said_and_nothing_is_made(cast, rafael, interview, field, value):
    filled = {name: kept for name, kept in {**FILLED, field: value}.items() if kept is not None}
    answer = rafael.post(address(cast, interview), filled)
    assert answer.status_code in (409, 422) and not Share.objects.exists()
    assert "notice" in answer.content.decode()


def test_live_links_stand_on_the_page_of_the_decision_and_are_closed_from_there(cast, rafael, interview):
    share, _token = make_shared(cast.ada, interview)
    decision = reverse("team:decisions-interview", args=[cast.organization.slug, interview.id])
    close = address(cast, interview, "shares-revoke", share_id=share.id)
    page = rafael.get(decision).content.decode()
    assert "Sam Guest" in page and close in page and address(cast, interview) in page
    answer = rafael.post(close, follow=True)
    assert "shows nothing any more" in answer.content.decode()
    assert close not in rafael.get(decision).content.decode()
    rafael.force_login(cast.audrey.user)
    assert address(cast, interview) not in rafael.get(decision).content.decode()


def test_who_may(cast, client, interview):
    share, _token = make_shared(cast.ada, interview)
    close = address(cast, interview, "shares-revoke", share_id=share.id)
    for member, status in ((cast.bo, 403), (cast.ines, 403), (cast.audrey, 403), (cast.cleo, 404)):
        client.force_login(member.user)
        assert client.get(address(cast, interview)).status_code == status, member
        assert client.post(address(cast, interview), FILLED).status_code == status, member
        assert client.post(close).status_code == status, member
    slug = cast.other_organization.slug
    assert client.get(address(cast, interview, slug=slug)).status_code == 404
    assert client.post(address(cast, interview, "shares-revoke", share_id=share.id, slug=slug)).status_code == 404
    assert Share.objects.get().revoked_at is None


def test_a_share_of_another_interview_is_not_closed_from_here(cast, rafael, interview):
    share, _token = make_shared(cast.ada, make_submitted_interview(cast.stage, cast.kit_version, "Kim Other"))
    assert rafael.post(address(cast, interview, "shares-revoke", share_id=share.id)).status_code == 404
