"""Twelve people and three raters: question by question, blind, apart; then a third pair of eyes, and a decision."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import reviewer
from tests.journeys.rooms import run
from tests.product import Product, database_of_its_own, running
from tests.recorder.driving import press

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(900)]

QUESTIONS = 4
EACH = 8
"""Twelve people, two raters for each, shared out evenly among three."""

APART = "Heron"
APART_VALUES = "523"
"""What the three who hear Heron give to the first answer: two far apart, and the third between them."""

GO_ON = re.compile("^(Go on with question|Recommend and hand in)")

Picture = Callable[[Page, str], None]


@dataclass
class Screening:
    """A running product, and a browser for whoever is asked for by name.

    Of the raters the first is not assigned to Heron.
    """

    url: str
    slug: str
    stage: str
    raters: list[str]
    interviews: dict[str, str]
    sessions: dict[str, str]
    somebody: Callable[..., Page]

    def come(self, name: str, **options: object) -> Page:
        page = self.somebody(**options)
        page.context.add_cookies([{"name": "sessionid", "value": self.sessions[name], "url": self.url}])
        page.goto(f"{self.url}/team/{self.slug}/review/")
        return page

    def room(self, code_name: str) -> str:
        return f"{self.url}/team/{self.slug}/review/{self.interviews[code_name]}/"

    def table(self) -> str:
        return f"{self.url}/team/{self.slug}/compare/{self.stage}/"


@pytest.fixture
def screening(tmp_path: Path, somebody: Callable[..., Page]) -> Iterator[Screening]:
    with database_of_its_own() as environment:
        product = Product(tmp_path / "data", command="web", environment={"BOTHWAYS_DEBUG": "1", **environment})
        filled = run(product, "tests.journeys.screening_room", seconds=300)
        assert filled.returncode == 0, filled.stderr
        with running(product):
            yield Screening(product.base_url, **json.loads(filled.stdout), somebody=somebody)


def test_twelve_people_three_raters(screening: Screening, picture: Picture) -> None:
    raters = {name: screening.come(name) for name in screening.raters}
    third, *first = screening.raters
    picture(raters[third], "31-work-list")
    rated = {third: rate_own(raters[third], EACH, picture=picture)}
    for name, given in zip(first, APART_VALUES, strict=False):
        rated[name] = rate_own(raters[name], EACH, given)
        assert APART in rated[name]
    assert {len(set(names)) for names in rated.values()} == {EACH}
    assert len({tuple(names) for names in rated.values()}) == 3, "two heard people in the same order"

    not_own = next(name for name in rated[third] if name not in rated[first[0]])
    see_what_is_in(screening, raters[first[0]], not_own, picture)
    assert rate_own(raters[third], 1, APART_VALUES[2]) == [APART], "who has not heard them is asked, and nobody else"
    assert "waits for you" not in raters[first[0]].content()
    decide(screening, [raters[name] for name in first], picture)


def see_what_is_in(screening: Screening, rater: Page, not_own: str, picture: Picture) -> None:
    """Who has handed in sees what others gave to the same people; of those that others rate, nothing."""
    rater.goto(screening.table())
    picture(rater, "34-compare-as-rater")
    expect(rater.get_by_role("row").filter(has_text=APART)).to_contain_text("third rater wanted")
    expect(rater.get_by_role("row").filter(has_text=not_own)).to_contain_text("After yours")
    assert "Rarebird" not in rater.content()


def decide(screening: Screening, watchers: list[Page], picture: Picture) -> None:
    """Compare, look behind the code name, and decide: nobody is declined unwatched."""
    ada = screening.come("ada")
    ada.goto(screening.table())
    expect(ada.locator("tbody tr")).to_have_count(len(screening.interviews))
    expect(ada.get_by_text("third rater wanted")).to_have_count(0)
    assert "Rarebird" not in ada.content()
    picture(ada, "35-compare")
    for name in (APART, "Plover"):
        ada.get_by_role("checkbox", name=name).check()
    ada.get_by_role("button", name="Side by side, up to four").click()
    expect(ada.locator(".side > li")).to_have_count(2)
    picture(ada, "36-side-by-side")
    ada.goto(screening.table())
    ada.get_by_role("button", name=f"Show name {APART}").click()
    expect(ada.get_by_role("rowheader").filter(has_text="Xanthippe Rarebird0")).to_be_visible()

    decline(ada, screening.interviews[APART])
    expect(ada.get_by_text("Nobody is declined unwatched")).to_be_visible()
    picture(ada, "37-decline-refused")
    for watcher in watchers:
        reviewer.watch(
            watcher, f"{screening.url}/team/{screening.slug}/review/{screening.interviews[APART]}/", QUESTIONS
        )
    decline(ada, screening.interviews[APART])
    expect(ada.get_by_text("Your letter to Xanthippe Rarebird0 stands on their page.")).to_be_visible()
    picture(ada, "38-declined")


def decline(ada: Page, interview: str) -> None:
    ada.goto(re.sub(r"(/team/[^/]+/).*", rf"\g<1>decisions/{interview}/?outcome=decline", ada.url))
    ada.get_by_label("The reason, for the team and the record").fill("Three ratings, and the third in the middle.")
    ada.get_by_label("Your letter to the candidate").fill(
        "Hello [name],\n\nthank you for your answers.\n\nAda Lindqvist"
    )
    press(ada, "Decline and send the letter")


def rate_own(page: Page, people: int, first_of_apart: str = "", picture: Picture | None = None) -> list[str]:
    """Rates these many who wait, by keys alone, and hands it in. The code names in the order of the first question."""
    page.goto(re.sub(r"/review/.*", "/review/", page.url))
    page.get_by_role("link", name=re.compile("^Begin with")).focus()
    page.keyboard.press("Enter")
    heard: list[str] = []
    for place in range(1, QUESTIONS + 1):
        page.wait_for_url(re.compile(f"/{place}/turn/"))
        if picture and place == 1:
            picture(page, "32-rating-room")
        names = rate_round(page, place, people, first_of_apart)
        heard = heard or names
        assert sorted(heard) == sorted(names)
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/hand-in/"))
    for group in page.get_by_role("group", name="What do you recommend?").all():
        group.get_by_text("Wait", exact=True).click()
    if picture:
        picture(page, "33-hand-in")
    page.get_by_role("button", name="Hand in those with a recommendation").click()
    expect(page.get_by_text(re.compile("handed in"))).to_be_visible()
    return heard


def rate_round(page: Page, place: int, people: int, first_of_apart: str) -> list[str]:
    names: list[str] = []
    who = page.locator(".lane bdi").first
    for _ in range(people):
        if names:
            expect(who).not_to_have_text(names[-1])
        names.append(who.inner_text())
        page.keyboard.press(first_of_apart if names[-1] == APART and place == 1 else value(names[-1], place))
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Question {place} is done")).to_be_visible()
    expect(page.get_by_role("link", name=GO_ON)).to_be_focused()
    return names


def value(who: str, place: int) -> str:
    """Close together for everybody, so that nobody else is heard by three."""
    return str(2 + (len(who) + place) % 3)
