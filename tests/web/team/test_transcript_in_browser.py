"""What is said, in step with the player: followed, jumped in, searched, by mouse and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.team.test_rating_room import Room, chromium, media, page, room, serious_findings, sign_in, until  # noqa: F401

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]


@pytest.fixture
def heard(room: Room, page: Page) -> Page:  # noqa: F811
    page.goto(room.question("Heron", 1))
    until(page, "media.readyState >= 2")
    return page


def near(seconds: float) -> str:
    return f"Math.abs(media.currentTime - {seconds}) < 0.15"


FOLLOWED = """() => {
  const list = document.querySelector(".transcript");
  window.followed = [];
  new MutationObserver(() => {
    const now = list.querySelector("[data-now]");
    const text = (now?.querySelector(".text") ?? now)?.textContent.trim();
    if (text && window.followed.at(-1) !== text) window.followed.push(text);
  }).observe(list, { attributes: true, subtree: true });
}"""


def test_what_is_said_is_followed_while_it_plays(heard: Page) -> None:
    heard.evaluate(FOLLOWED)
    heard.keyboard.press("k")
    until(heard, "media.ended")
    assert heard.evaluate("window.followed") == [
        "I rang her first.",
        "silence, 3 seconds",
        "Then I asked about the rent.",
    ]


def test_a_word_and_a_time_lead_there(heard: Page) -> None:
    heard.get_by_text("asked", exact=True).click()
    until(heard, near(6.0))
    expect(heard.locator(".transcript .now")).to_have_text("asked")
    heard.get_by_role("link", name="Play from 0:00").click()
    until(heard, near(0.5))
    assert "?at=" not in heard.url


def test_one_tab_stop_for_each_utterance_and_arrows_for_words(heard: Page) -> None:
    heard.get_by_role("link", name="Play from 0:00").focus()
    heard.keyboard.press("Tab")
    expect(heard.get_by_role("link", name="Play from 0:05")).to_be_focused()
    heard.keyboard.press("ArrowUp")
    for _ in range(3):
        heard.keyboard.press("ArrowRight")
    expect(heard.locator(":focus")).to_have_text("her")
    heard.keyboard.press("Enter")
    until(heard, near(1.3))
    heard.keyboard.press("ArrowDown")
    expect(heard.get_by_role("link", name="Play from 0:05")).to_be_focused()
    heard.keyboard.press("Enter")
    until(heard, near(5.2))


def test_words_are_found_counted_and_played(heard: Page) -> None:
    find = heard.get_by_role("searchbox", name="Find words in this answer")
    find.fill("I")
    status = heard.locator(".spoken [role=status]")
    expect(status).to_have_text("1 of 3")
    find.press("Enter")
    expect(status).to_have_text("1 of 3")
    until(heard, near(0.5))
    heard.get_by_role("button", name="Place before").click()
    expect(status).to_have_text("3 of 3")
    find.fill("ábout THE")
    expect(status).to_have_text("1 of 1")
    marked = "[...CSS.highlights.get('bw-found')].map(String).join()"
    assert heard.evaluate(marked) == "about the"
    find.fill("zyzzyva")
    expect(status).to_have_text("Not in this answer")


def test_captions_are_switched_on_and_stay_so(heard: Page) -> None:
    button = heard.get_by_role("button", name="Captions")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    until(heard, "media.textTracks[0].cues?.length === 2")
    heard.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    until(heard, "media.textTracks[0].mode === 'showing'")


def test_an_address_opens_at_its_second(room: Room, page: Page) -> None:  # noqa: F811
    page.goto(room.question("Heron", 1) + "?at=5")
    until(page, near(5))
    expect(page.locator(".transcript > li[data-now]")).to_have_count(1)
    assert media(page, "paused")


def test_a_hit_of_the_search_opens_there(room: Room, page: Page) -> None:  # noqa: F811
    page.goto(f"{room.url}/team/{room.slug}/search/")
    page.get_by_label("Position").select_option(label="Tenant support adviser")
    page.get_by_role("searchbox", name="Words").fill("rent")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="from 0:05").click()
    until(page, near(5))


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_have_no_barrier(room: Room, page: Page, width: int) -> None:  # noqa: F811
    page.set_viewport_size({"width": width, "height": 800})
    for address in (room.question("Heron", 1), f"{room.url}/team/{room.slug}/search/?q=rent"):
        page.goto(address)
        assert serious_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
