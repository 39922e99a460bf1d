"""The board on its pages: what is drawn, what moves, and who sees it."""

import re

import pytest
from django.test import Client

from bothways.interviews.models import Interview
from bothways.positions.models import StageReviewer
from bothways.review.queries import board as boards
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.factories.asking import make_inquiry
from tests.factories.review import rate, watch


@pytest.fixture
def people(cast: Cast) -> list[Interview]:
    found = [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe Rarebird{n}") for n in range(3)]
    for interview, code_name in zip(found, ("Heron", "Plover", "Siskin"), strict=True):
        interview.code_name = code_name
        interview.save()
    rate(cast.bo, found[0], (4, 4, 4, 4))
    return found


@pytest.fixture
def rafael(cast: Cast, client: Client) -> Client:
    client.force_login(cast.rafael.user)
    return client


def address(cast: Cast, rest: str = "") -> str:
    return f"/team/{cast.organization.slug}/board/{cast.position.id}/{rest}"


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_columns_carry_counts_and_cards_what_is_missing_and_when_they_hear(cast, rafael, people):
    make_interview(cast.stage, cast.kit_version, "Xanthippe Waiting")
    page = rafael.get(address(cast))
    text = words(page)
    assert "To review 3" in text and "Invited, answering 1" in text and "Declined 0" in text
    assert "Heron" in text and "1 scorecard missing" in text and "2 scorecards missing" in text
    assert re.search(r"hears in \d+ working days", text) and "answers by" in text
    assert "Xanthippe" not in page.content.decode(), "names are no more open here than in the other lists"
    assert f'href="{address(cast)}move/{people[0].id}/"' in page.content.decode()
    assert address(cast) in rafael.get(f"/team/{cast.organization.slug}/positions/{cast.position.id}/").content.decode()


def test_the_menu_of_a_card_leads_to_the_verbs_and_says_why_not(cast, rafael, people):
    page = rafael.get(address(cast, f"move/{people[0].id}/"))
    decide = f"/team/{cast.organization.slug}/decisions/{people[0].id}/"
    assert f"{decide}?outcome=advance" in page.content.decode() and "?outcome=decline" not in page.content.decode()
    assert "Nobody is declined unwatched" in words(page) and "Xanthippe" not in page.content.decode()
    for member in (cast.bo, cast.ines):
        watch(member, people[0])
    found = rafael.get(address(cast, f"move/{people[0].id}/moves.json")).json()
    assert found["here"] == "to_review"
    assert found["to"]["declined"] == {"url": f"{decide}?outcome=decline", "words": ""}
    inquiry = make_inquiry(people[0])
    held = rafael.get(address(cast, f"move/{people[0].id}/moves.json")).json()["to"]["declined"]
    assert held["url"] == "" and "asked a question that nobody has answered" in held["words"]
    inquiry.delete()
    rafael.post(decide, {"outcome": "hold", "reason": "Wait."})
    found = rafael.get(address(cast, f"move/{people[0].id}/moves.json")).json()
    assert found["here"] == "held" and found["to"]["to_review"]["url"] == f"{decide}take-back/"


def test_the_next_cards_come_alone_and_in_the_page(cast, rafael, people, monkeypatch):
    monkeypatch.setattr(boards, "COLUMN_SIZE", 2)
    page = rafael.get(address(cast)).content.decode()
    more = re.search(r'<li class="more" hx-get="([^"]+)"', page)[1].replace("&amp;", "&")
    part = rafael.get(more, headers={"HX-Request": "true"}).content.decode()
    assert part.count('class="card"') == 1 and "<html" not in part
    alone = rafael.get(more)
    assert alone.content.decode().count('class="card"') == 1 and "To review 3" in words(alone)
    for odd in ("?after=nonsense", "?after=%00", "?after=2026-01-01_2026-01-01T00:00:00Z_x"):
        assert rafael.get(address(cast, f"{cast.stage.id}/to_review/{odd}")).status_code == 200
    assert rafael.get(address(cast, f"{cast.stage.id}/nonsense/")).status_code == 404


def test_who_rates_meets_their_own_column_and_no_progress_of_others(cast, rafael, people):
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.rafael)
    page = words(rafael.get(address(cast)))
    assert "Yours to rate first 3" in page and "To review 0" in page and "scorecard" not in page


def test_owners_recruiters_and_auditors_see_it_and_nobody_else(cast, client, people):
    paths = [
        address(cast),
        address(cast, f"{cast.stage.id}/to_review/"),
        address(cast, f"move/{people[0].id}/"),
        address(cast, f"move/{people[0].id}/moves.json"),
    ]
    for member, status in ((cast.ada, 200), (cast.audrey, 200), (cast.bo, 403), (cast.cleo, 404)):
        client.force_login(member.user)
        assert [client.get(path).status_code for path in paths] == [status] * 4
    client.force_login(cast.audrey.user)
    assert 'class="grip"' not in client.get(address(cast)).content.decode()
    client.force_login(cast.cleo.user)
    other = cast.other_organization.slug
    for path in paths:
        assert client.get(path.replace(cast.organization.slug, other)).status_code == 404


def test_names_are_escaped(cast, rafael):
    cast.stage.blind_level = "nothing"
    cast.stage.save()
    make_submitted_interview(cast.stage, cast.kit_version, '<b>Bobby</b> "O\'Tables"')
    page = rafael.get(address(cast)).content.decode()
    assert "<b>Bobby" not in page and "&lt;b&gt;Bobby&lt;/b&gt; &quot;O&#x27;Tables&quot;" in page
