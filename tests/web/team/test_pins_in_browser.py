"""Pinning notes to seconds: by keys, by words, without a line, in closed tabs and on two devices."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.web.team.test_rating_room import Room, chromium, page, room, serious_findings, sign_in, until  # noqa: F401

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]

PIN = "**/pin/"


def status(page: Page) -> Locator:  # noqa: F811
    return page.locator("[data-part=pin-status]")


def note(page: Page, name: str) -> Locator:  # noqa: F811
    return page.get_by_role("textbox", name=name, exact=True)


def opened(page: Page, address: str) -> Page:  # noqa: F811
    page.goto(address)
    until(page, "media.readyState >= 2")
    return page


def near(seconds: float) -> str:
    return f"Math.abs(media.currentTime - {seconds}) < 0.2"


def mark(page: Page, first: str, last: str) -> None:  # noqa: F811
    """Mark words of the transcript, from the middle of one to the middle of another, as a hand does."""
    page.evaluate(
        """([first, last]) => {
          const words = [...document.querySelectorAll(".transcript [data-at]")];
          const node = (text) => words.find((word) => word.textContent === text).firstChild;
          getSelection().setBaseAndExtent(node(first), 1, node(last), 2);
        }""",
        [first, last],
    )


def test_by_keys_alone_a_note_is_pinned_found_on_the_line_and_there_again(room: Room, page: Page) -> None:  # noqa: F811
    opened(page, room.question("Plover", 2))
    page.keyboard.press("l")
    until(page, near(5))
    page.keyboard.press("m")
    expect(note(page, "Note at 0:05")).to_be_focused()
    page.keyboard.type("Says it first, with m, 5 and j in it")
    expect(status(page)).to_have_text("Saved")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    until(page, near(0))
    page.keyboard.press("m")
    page.keyboard.type("Begins calmly")
    page.keyboard.press("Escape")
    expect(page.locator(".pins textarea")).to_have_count(2)
    marks = page.get_by_role("group", name="Your notes on the timeline")
    page.get_by_role("slider", name="Place in the answer").focus()
    page.keyboard.press("Tab")
    expect(marks.get_by_role("button", name="Note at 0:00: Begins calmly")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(marks.get_by_role("button", name="Note at 0:05: Says it first")).to_be_focused()
    page.keyboard.press("Enter")
    until(page, near(5))
    page.keyboard.press("Tab")
    expect(marks.locator(":focus")).to_have_count(0)
    expect(status(page)).to_have_text("Saved")
    opened(page, room.question("Plover", 2))
    expect(page.locator(".pins textarea").nth(0)).to_have_value("Begins calmly")
    expect(page.locator(".pins textarea").nth(1)).to_have_value("Says it first, with m, 5 and j in it")
    expect(page.locator("input[name=value]:checked")).to_have_count(0)


def test_a_stretch_ends_where_it_plays_and_its_time_leads_back(room: Room, page: Page) -> None:  # noqa: F811
    opened(page, room.question("Plover", 1))
    page.get_by_role("button", name="Pin a note here").click()
    page.get_by_role("button", name="Until here: Note at 0:00").click()
    expect(status(page)).to_contain_text("A stretch ends after it begins")
    page.get_by_role("button", name="Forward 5 seconds").click()
    until(page, near(5))
    page.get_by_role("button", name="Until here: Note at 0:00").click()
    expect(page.locator(".scrub .marks i")).to_have_count(1)
    expect(status(page)).to_have_text("Saved")
    note(page, "Note from 0:00 to 0:05").fill("All of it")
    page.get_by_role("link", name="Play from 0:00–0:05").click()
    until(page, near(0))
    expect(status(page)).to_have_text("Saved")
    page.reload()
    expect(note(page, "Note from 0:00 to 0:05")).to_have_value("All of it")


def test_marked_words_are_quoted_whole_with_their_times(room: Room, page: Page) -> None:  # noqa: F811
    opened(page, room.question("Heron", 1))
    button = page.get_by_role("button", name="Pin these words")
    expect(button).to_be_disabled()
    mark(page, "her", "asked")
    expect(button).to_be_enabled()
    button.click()
    expect(note(page, "Note from 0:01 to 0:07")).to_be_focused()
    expect(page.locator(".pins q")).to_have_text("her first. Then I asked")
    page.keyboard.type("Evidence")
    expect(status(page)).to_have_text("Saved")
    page.reload()
    expect(page.locator(".pins q")).to_have_text("her first. Then I asked")
    expect(note(page, "Note from 0:01 to 0:07")).to_have_value("Evidence")


def test_with_keys_a_whole_utterance_is_quoted(room: Room, page: Page) -> None:  # noqa: F811
    opened(page, room.question("Heron", 1))
    page.get_by_role("link", name="Play from 0:05").focus()
    page.keyboard.press("m")
    expect(page.locator(".pins q", has_text="Then I asked about the rent.")).to_be_visible()
    expect(status(page)).to_have_text("Saved")


def test_what_is_pinned_without_a_line_goes_up_later_from_any_page(
    room: Room,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
) -> None:
    context = sign_in()
    page = opened(context.new_page(), room.question("Heron", 2))  # noqa: F811
    page.keyboard.press("m")
    page.keyboard.type("Before the tunnel.")
    expect(status(page)).to_have_text("Saved")
    context.set_offline(True)
    page.keyboard.type(" In the tunnel.")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    until(page, near(5))
    page.keyboard.press("m")
    page.keyboard.type("A new one in the tunnel")
    expect(status(page)).to_contain_text("Not on the server yet")
    page.get_by_role("button", name="Next question").click()
    expect(page).to_have_url(room.question("Heron", 2))
    page.close()
    context.set_offline(False)
    elsewhere = context.new_page()
    elsewhere.goto(room.question("Heron", 3))
    until(elsewhere, "Object.keys(localStorage).every((key) => !key.startsWith('bothways.pin:'))")
    fresh = sign_in().new_page()
    fresh.goto(room.question("Heron", 2))
    expect(note(fresh, "Note at 0:00")).to_have_value("Before the tunnel. In the tunnel.")
    expect(note(fresh, "Note at 0:05")).to_have_value("A new one in the tunnel")
    expect(fresh.locator(".pins textarea")).to_have_count(2)


def test_a_closed_tab_has_its_notes_again(room: Room, sign_in: Callable[..., BrowserContext]) -> None:  # noqa: F811
    context = sign_in()
    page = opened(context.new_page(), room.question("Heron", 4))  # noqa: F811
    context.route(PIN, lambda route: route.abort())
    page.keyboard.press("m")
    page.keyboard.type("Never sent")
    expect(status(page)).to_contain_text("Not on the server yet")
    page.close()
    again = opened(context.new_page(), room.question("Heron", 4))
    expect(note(again, "Note at 0:00")).to_have_value("Never sent")
    expect(again.get_by_role("button", name="Note at 0:00: Never sent")).to_be_visible()
    context.unroute(PIN)
    again.reload()
    expect(status(again)).to_have_text("Saved")
    expect(again.locator(".pins textarea")).to_have_count(1)


def test_an_answer_that_was_lost_doubles_nothing_and_asks_nothing(room: Room, page: Page) -> None:  # noqa: F811
    opened(page, room.question("Plover", 4))
    lost = []

    def lose(route: Route) -> None:
        if len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route(PIN, lose)
    page.keyboard.press("m")
    page.keyboard.type("Kept though no answer came")
    expect(status(page)).to_have_text("Saved")
    assert lost == [200, 200] or 409 in lost
    expect(page.get_by_role("button", name="Keep what I wrote here")).to_be_hidden()
    page.reload()
    expect(page.locator(".pins textarea")).to_have_count(1)
    expect(note(page, "Note at 0:00")).to_have_value("Kept though no answer came")


def test_two_devices_disagree_and_the_person_chooses(
    room: Room,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
) -> None:
    laptop = opened(sign_in().new_page(), room.question("Heron", 3))
    laptop.keyboard.press("m")
    laptop.keyboard.type("Both")
    expect(status(laptop)).to_have_text("Saved")
    phone = sign_in().new_page()
    phone.goto(room.question("Heron", 3))
    note(phone, "Note at 0:00").fill("From the phone")
    expect(status(phone)).to_have_text("Saved")
    note(laptop, "Note at 0:00").fill("From the laptop")
    expect(status(laptop)).to_contain_text("Something newer was saved on another device")
    laptop.get_by_role("button", name="Take the newer one").click()
    expect(note(laptop, "Note at 0:00")).to_have_value("From the phone")
    expect(status(laptop)).to_have_text("Saved")
    phone.get_by_role("button", name="Remove: Note at 0:00").click()
    expect(status(phone)).to_have_text("Saved")
    note(laptop, "Note at 0:00").fill("Not so fast")
    expect(status(laptop)).to_contain_text("Something newer")
    laptop.get_by_role("button", name="Keep what I wrote here").click()
    expect(status(laptop)).to_have_text("Saved")
    phone.reload()
    expect(note(phone, "Note at 0:00")).to_have_value("Not so fast")


def test_a_removed_note_can_be_brought_back(room: Room, page: Page) -> None:  # noqa: F811
    opened(page, room.question("Plover", 3))
    page.keyboard.press("m")
    page.keyboard.type("Removed by mistake")
    expect(status(page)).to_have_text("Saved")
    page.get_by_role("button", name="Remove: Note at 0:00").click()
    expect(page.locator(".pins > li")).to_be_hidden()
    expect(page.locator(".scrub .marks button")).to_have_count(0)
    expect(status(page)).to_have_text("Saved")
    page.get_by_role("button", name="Bring it back").click()
    expect(note(page, "Note at 0:00")).to_be_focused()
    expect(status(page)).to_have_text("Saved")
    page.reload()
    expect(note(page, "Note at 0:00")).to_have_value("Removed by mistake")


def test_without_scripts_a_time_is_typed(room: Room, sign_in: Callable[..., BrowserContext]) -> None:  # noqa: F811
    page = sign_in(java_script_enabled=False).new_page()  # noqa: F811
    page.goto(room.question("Dunlin", 1))
    assert page.get_by_role("button", name="Pin this note").count() == 0, "handed in: nothing to pin"
    page.goto(room.question("Heron", 4))
    page.get_by_label("Time, as 0:42 or 0:42-1:05").last.fill("0:01-0:02")
    page.get_by_label("Note at this time").fill("Typed")
    page.get_by_role("button", name="Pin this note").click()
    expect(page).to_have_url(room.question("Heron", 4) + "#pinned-title")
    expect(note(page, "Note at 0:01–0:02")).to_have_value("Typed")
    page.get_by_label("Note at this time").fill("Nowhere")
    page.get_by_label("Time, as 0:42 or 0:42-1:05").last.fill("59:00")
    page.get_by_role("button", name="Pin this note").click()
    expect(page.get_by_text("this time is not in it")).to_be_visible()
    expect(page.get_by_label("What did you hear?")).to_have_value("Nowhere")
    page.goto(room.question("Heron", 4))
    page.get_by_role("button", name="Remove the note at 0:01–0:02").click()
    expect(note(page, "Note at 0:01–0:02")).to_have_count(0)


def test_nothing_is_handed_in_while_notes_wait_for_a_line(
    room: Room,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
) -> None:
    context = sign_in()
    page = context.new_page()  # noqa: F811
    for place in range(1, 5):
        opened(page, room.question("Heron", place))
        page.keyboard.press("3")
        expect(page.locator("[data-part=status]")).to_have_text("Saved")
    context.route(PIN, lambda route: route.abort())
    page.keyboard.press("l")
    page.keyboard.press("m")
    page.keyboard.type("Still here")
    expect(status(page)).to_contain_text("Not on the server yet")
    page.goto(room.overall("Heron"))
    page.get_by_label("Wait").check()
    page.get_by_role("button", name="Hand in my scorecard").click()
    expect(page.locator("[data-part=status]")).to_contain_text("pinned notes of question 4 are not on the server")
    context.unroute(PIN)
    page.get_by_role("button", name="Hand in my scorecard").click()
    expect(page.get_by_text("Your scorecard for Heron is handed in.")).to_be_visible()
    opened(page, room.question("Heron", 4))
    expect(page.get_by_text("Still here")).to_be_visible()
    page.get_by_role("button", name="Note at 0:05: Still here").click()
    until(page, near(5))
    expect(page.get_by_text("On this device lie notes")).to_be_hidden()
    page.goto(f"{room.url}/team/{room.slug}/compare/{room.stage}/side/?question=4&with={room.interviews['Heron']}")
    page.get_by_role("link", name="Play from 0:05").click()
    expect(page).to_have_url(room.question("Heron", 4) + "?at=5")
    until(page, near(5))


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_page_with_notes_has_no_serious_findings(
    room: Room,  # noqa: F811
    sign_in: Callable[..., BrowserContext],  # noqa: F811
    width: int,
    scheme: str,
) -> None:
    page = sign_in(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()  # noqa: F811
    for address in (
        room.question("Plover", 2),
        room.question("Plover", 1),
        f"{room.question('Dunlin', 1)}change/",
        f"{room.url}/team/{room.slug}/compare/{room.stage}/side/?question=4&with={room.interviews['Heron']}",
    ):
        page.goto(address)
        assert serious_findings(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
