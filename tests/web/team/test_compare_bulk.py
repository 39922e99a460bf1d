"""Advancing and declining several people from the table."""

import re

import pytest
from django.test import Client

from bothways.interviews.models import Interview
from bothways.review.actions.decisions import decide
from bothways.review.models import Decision
from tests.factories import Cast, make_kit_version, make_stage
from tests.review.test_several import LETTER, person


@pytest.fixture
def rafael(cast: Cast, client: Client) -> Client:
    client.force_login(cast.rafael.user)
    return client


def address(cast: Cast, outcome: str, *interviews: Interview) -> str:
    asked = "&".join(f"with={one.id}" for one in interviews)
    return f"/team/{cast.organization.slug}/compare/{cast.stage.id}/several/{outcome}/?{asked}"


def sent(*interviews: Interview, **more: object) -> dict[str, object]:
    return {"with": [one.id for one in interviews], "outcome": "decline", **LETTER, **more}


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_bar_leads_to_the_page_that_asks_once_more(cast: Cast, rafael: Client) -> None:
    people = [person(cast, "Kim Other"), person(cast, "Sam Third", watched=0)]
    chosen = f"/team/{cast.organization.slug}/compare/{cast.stage.id}/chosen/"
    answer = rafael.post(chosen, {"with": [one.id for one in people], "do": "decline"}, follow=True)
    page = words(answer)
    assert "1 of 2 cannot be declined: 1 not watched by anybody." in page
    assert "Decline 1 person and send the letter" in page and "Nobody has watched one whole answer." in page
    assert "Kim Other" not in page and people[0].code_name in page
    assert not Decision.objects.exists()


def test_what_happened_is_told_for_each(cast: Cast, rafael: Client) -> None:
    ready, unwatched = person(cast, "Kim Other"), person(cast, "Sam Third", watched=0)
    page = words(rafael.post(address(cast, "decline"), sent(ready, unwatched)))
    assert "1 person is declined, and the letter is out Kim Other" in page
    assert f"Nothing happened to 1 person {unwatched.code_name} Nobody has watched one whole answer." in page
    assert "Sam Third" not in page
    page = words(rafael.post(address(cast, "decline"), sent(ready, unwatched)))
    assert "Nothing happened to 2 people" in page and Decision.objects.count() == 1


def test_nobody_ready_leaves_nothing_to_press(cast: Cast, rafael: Client) -> None:
    page = rafael.get(address(cast, "decline", person(cast, "Sam Third", watched=0)))
    assert "There is nobody to decide about" in words(page) and "reply_body" not in page.content.decode()
    assert "Tick people in the table first." in words(rafael.get(address(cast, "decline")))
    assert "Tick people in the table first." in words(rafael.post(address(cast, "decline"), {"reason": "x"}))


def test_a_blank_or_no_reason_comes_back_with_everything_that_was_written(cast: Cast, rafael: Client) -> None:
    ready = person(cast, "Kim Other")
    answer = rafael.post(address(cast, "decline"), sent(ready, reason="", reply_body="So: [… why …]"))
    page = words(answer)
    assert answer.status_code == 422 and "Write the reason" in page and "A blank is still to be filled" in page
    assert str(ready.id) in answer.content.decode() and not Decision.objects.exists()


def test_the_next_stage_is_offered_where_it_takes_people(cast: Cast, rafael: Client) -> None:
    ready = person(cast, "Kim Other")
    assert "Invite them to" not in words(rafael.get(address(cast, "advance", ready)))
    stage = make_stage(cast.position, make_kit_version(cast.ada), name="Second talk")
    page = words(rafael.get(address(cast, "advance", ready)))
    assert "but are not invited there by this: Nobody rates in this stage yet." in page
    stage.reviewers.create(organization=cast.organization, member=cast.bo)
    assert "Invite them to “Second talk” as well" in words(rafael.get(address(cast, "advance", ready)))
    page = words(rafael.post(address(cast, "advance"), sent(ready, outcome="advance", invite_on="on")))
    assert "Kim Other invited to the next stage" in page
    assert Interview.objects.filter(stage=stage).count() == 1


def test_several_languages_are_told(cast: Cast, rafael: Client) -> None:
    people = [person(cast, "Kim Other"), person(cast, "Sam Third")]
    Interview.objects.filter(id=people[1].id).update(language="de")
    assert "These people read in different languages: German, English." in words(
        rafael.get(address(cast, "advance", *people))
    )


def test_who_was_put_on_hold_meanwhile_is_left(cast: Cast, rafael: Client) -> None:
    ready = person(cast, "Kim Other")
    hold = decide(actor=cast.actor(cast.ada), interview=ready, outcome="hold", reason="Later.")
    page = words(rafael.post(address(cast, "advance"), sent(ready, outcome="advance", stands="x:y")))
    assert "has meanwhile put this on hold" in page
    pair = f"{ready.id}:{hold.id}"
    assert pair in rafael.get(address(cast, "advance", ready)).content.decode()
    assert "goes on" in words(rafael.post(address(cast, "advance"), sent(ready, outcome="advance", stands=pair)))


def test_only_who_decides_gets_here(cast: Cast, client: Client) -> None:
    ready = person(cast, "Kim Other")
    for member, status in ((cast.bo, 403), (cast.audrey, 403), (cast.cleo, 404)):
        client.force_login(member.user)
        assert client.get(address(cast, "decline", ready)).status_code == status
        assert client.post(address(cast, "decline"), sent(ready)).status_code == status
    client.force_login(cast.rafael.user)
    assert client.get(address(cast, "hold", ready)).status_code == 404
    assert client.get(address(cast, "advance") + "with=%00&with=x").status_code == 200
