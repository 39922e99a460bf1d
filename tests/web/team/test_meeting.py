"""The meeting on its pages."""

import re

import pytest
from django.test import Client

from bothways.interviews.models import Interview
from bothways.positions.models import StageReviewer
from bothways.review.models import Decision, Meeting
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import rate


@pytest.fixture
def people(cast: Cast) -> list[Interview]:
    found = [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe Rarebird{n}") for n in range(2)]
    for interview, code_name in zip(found, ("Heron", "Plover"), strict=True):
        interview.code_name = code_name
        interview.save()
        rate(cast.bo, interview, (4, 5, 0, 2))
    return found


@pytest.fixture
def rafael(cast: Cast, client: Client) -> Client:
    client.force_login(cast.rafael.user)
    return client


def address(cast: Cast, rest: str = "") -> str:
    return f"/team/{cast.organization.slug}/meeting/{cast.stage.id}/{rest}"


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def begin(client: Client, cast: Cast, people: list[Interview], *members) -> str:
    data = {"with": [one.id for one in people], "member": [member.id for member in members]}
    answer = client.post(address(cast), data)
    assert answer.status_code == 302, words(answer)
    return answer.headers["Location"]


def test_from_the_ticked_rows_to_a_decision_in_the_meeting(cast, rafael, people):
    chosen = f"/team/{cast.organization.slug}/compare/{cast.stage.id}/chosen/"
    answer = rafael.post(chosen, {"do": "meeting", "with": [one.id for one in people]}, follow=True)
    assert "2 people to look at" in words(answer) and "Heron" in words(answer)
    first = begin(rafael, cast, people, cast.bo)
    text = words(rafael.get(first))
    for shown in ("1 of 2", "Heron", "Bo heard 5".replace("Bo", "Bo Osei"), "not enough evidence", "Bo Osei thinks"):
        assert shown in text, shown
    assert "Who has watched" in text and "Scorecard handed in" in text and "Xanthippe" not in text
    answer = rafael.post(first, {"outcome": "decline", "reason": "x", "reply_subject": "a", "reply_body": "b"})
    assert answer.status_code == 409 and "Nobody is declined unwatched" in words(answer)
    answer = rafael.post(first, {"outcome": "hold", "reason": "Wait for the budget."}, follow=True)
    assert "In the meeting of" in words(answer) and "with Bo Osei , Rafael Moreno" in words(answer)
    meeting = Meeting.objects.get()
    assert Decision.objects.get().meeting == meeting
    answer = rafael.post(f"{first}name/", follow=True)
    assert "Xanthippe Rarebird0" in words(answer)
    minutes = words(rafael.post(address(cast, f"{meeting.id}/close/"), follow=True))
    assert "1 decision was taken in it." in minutes and "On hold" in minutes and "Closed" in minutes
    assert "Decide here" not in words(rafael.get(first)) and rafael.get(first.replace("/1/", "/3/")).status_code == 404


def test_a_refusal_names_who_has_to_hand_in_and_keeps_the_ticks(cast, rafael, people):
    answer = rafael.post(address(cast), {"with": [people[0].id], "member": [cast.ines.id]})
    assert answer.status_code == 409
    assert "Inês Carvalho rates in this step and still has 1 scorecard to hand in." in words(answer)
    assert f'value="{cast.ines.id}" checked' in answer.content.decode()
    assert rafael.post(address(cast), {"with": ["nonsense"]}).status_code == 409


def test_who_began_to_rate_since_sees_nothing_of_it(cast, rafael, people):
    first = begin(rafael, cast, people)
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    meeting = Meeting.objects.get()
    for url in (first, address(cast, f"{meeting.id}/")):
        answer = rafael.get(url)
        assert answer.status_code == 403 and "hand in your scorecard first" in words(answer)
        assert "Bo Osei heard" not in words(answer)


def test_owners_and_recruiters_alone(cast, client, people):
    client.force_login(cast.rafael.user)
    first = begin(client, cast, people)
    meeting = Meeting.objects.get()
    paths = [address(cast), address(cast, f"{meeting.id}/"), first]
    posts = [f"{first}name/", address(cast, f"{meeting.id}/close/")]
    for member, status in ((cast.bo, 403), (cast.audrey, 403), (cast.cleo, 404)):
        client.force_login(member.user)
        assert [client.get(path).status_code for path in paths] == [status] * 3
        assert [client.post(path).status_code for path in posts] == [status] * 2
    client.force_login(cast.cleo.user)
    other = cast.other_organization.slug
    assert all(client.get(path.replace(cast.organization.slug, other)).status_code == 404 for path in paths)
    client.force_login(cast.ada.user)
    assert [client.get(path).status_code for path in paths] == [200] * 3


def test_an_empty_shortlist_says_what_to_do(cast, rafael):
    assert "Nobody is on the shortlist" in words(rafael.get(address(cast)))
