"""From an answer to a talk: booked, held in two browsers, recorded on each side, put together, watched and rated.

What is measured: two Chromium processes have cameras whose pictures are counted and microphones that speak, each its
own. In each page the test notes which picture and which samples its devices gave, with the moment on the machine's
monotonic clock, which both processes share; the clocks of the day, which the pages see, are wrong by seconds in
opposite directions. In the finished recordings each side's numbers are read and its speech is found again. So for each
picture and each second of speech it is known when it happened, and how much later it stands there than it should; two
sides, or a voice and its lips, are as far apart as these differ.

Its own error: a question to the page (half the quickest trip, printed) and the quickest way of a frame into the page's
script, a few milliseconds; a finished picture lasts 33 ms, so one picture can stand up to that late. Nine of ten are
asked to be together, because the number on a picture may be misread. Chromium's MP4 begins pictures and sound at zero,
though the first picture was taken up to one earlier or later than the first sound: where the machine lets a camera
give fewer pictures than it has, they may be apart by so much more, and voices may not. One page is busy just as its
recorder begins, as pages are, so that what is said of its beginning comes late.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.rooms import run
from tests.journeys.talk_alignment import Late, Recorded, apart, late_pictures, late_sound
from tests.journeys.talk_room import QUESTIONS
from tests.journeys.talk_sides import RATE, Given, devices, given, witness
from tests.journeys.team import letter_to, link_in
from tests.media.speech.voices import AUSTEN, CITIES
from tests.product import Product, database_of_its_own, running
from tests.recorder.driving import press, until

pytestmark = [pytest.mark.alone, pytest.mark.needs_chromium, pytest.mark.timeout(600)]

CLOCKS_OFF_MS = {"dee": 7_000, "bo": -3_700}
BUSY_MS = {"dee": 700, "bo": 0}
"""So long a page does nothing else just as its recorder begins."""
MOST_APART_MS = 100
ANSWER_S = 8
PATIENCE_S = 60
PHONE = {"viewport": {"width": 360, "height": 780}, "color_scheme": "dark"}
Picture = Callable[[Page, str], None]


@dataclass
class Talk:
    """A running product, and pages of people."""

    product: Product
    slug: str
    recorded: str
    email: str
    sessions: dict[str, str]
    launch: Callable[..., Browser]
    folder: Path
    faults: list[str] = field(default_factory=list)

    def come(self, name: str, browser: Browser, script: str = "", **options: Any) -> Page:
        context = browser.new_context(
            base_url=self.product.base_url, **{"viewport": {"width": 1280, "height": 900}, **options}
        )
        if name in self.sessions:
            context.add_cookies([{"name": "sessionid", "value": self.sessions[name], "url": self.product.base_url}])
        context.set_default_timeout(PATIENCE_S * 1000)
        context.add_init_script(script)
        context.on("weberror", lambda error: self.faults.append(f"{name}: {error.error}"))
        context.on("console", lambda line: "Content Security Policy" in line.text and self.faults.append(line.text))
        return context.new_page()

    def talker(self, name: str, clip: str, shirt: tuple[int, int, int], **options: Any) -> Page:
        """In a process of their own, with devices of their own and a wrong clock."""
        camera, microphone = devices(self.folder / name, clip, shirt)
        browser = self.launch(
            f"--use-file-for-fake-video-capture={camera}",
            "--allow-loopback-in-peer-connection",
            "--autoplay-policy=no-user-gesture-required",
            sound=microphone,
        )
        return self.come(
            name, browser, witness(CLOCKS_OFF_MS[name], BUSY_MS[name]), permissions=["camera", "microphone"], **options
        )

    def look(self, word: str) -> Any:
        done = run(self.product, "tests.journeys.talk_room", word, seconds=180)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def talk(tmp_path: Path, launch: Callable[..., Browser]) -> Iterator[Talk]:
    with database_of_its_own() as environment:
        product = Product(tmp_path / "data", environment=environment)
        filled = run(product, "tests.journeys.talk_room", "fill", seconds=120)
        assert filled.returncode == 0, filled.stderr
        with running(product):
            talk = Talk(product, launch=launch, folder=tmp_path, **json.loads(filled.stdout))
            yield talk
            assert talk.faults == []


def test_from_an_answer_to_a_talk_that_is_watched(talk: Talk, picture: Picture) -> None:
    bo = talk.talker("bo", CITIES, (60, 90, 100))
    dee = talk.talker("dee", AUSTEN, (130, 60, 70), **PHONE)
    office = bo.context.browser
    assert office
    link = invite(talk, talk.come("rafael", office), talk.come("ada", office))
    book(dee, link)
    talk.look("come")
    meet(talk, bo, dee, link)
    picture(bo, "51-room-host")
    picture(dee, "52-room-candidate")
    fill_in(bo, 1)
    record(bo, dee)
    picture(bo, "53-recorded-host")
    picture(dee, "54-recorded-candidate")
    speak(bo, dee)
    end(bo, dee)
    sides = [given(page) for page in (dee, bo)]
    made = talk.look("made")
    check(talk, made, sides)
    rate(talk, talk.come("ines", office))


def invite(talk: Talk, rafael: Page, ada: Page) -> str:
    """One press beside the answers. The candidate's link, from the mail."""
    rafael.goto(f"/team/{talk.slug}/decisions/{talk.recorded}/")
    press(rafael, "Talk live")
    see(rafael.get_by_text("They go on. The letter and the invitation"))
    ada.goto(f"/team/{talk.slug}/")
    return link_in(letter_to(ada, talk.email, "time"), "/i/")


def book(dee: Page, link: str) -> None:
    dee.goto(link)
    dee.locator("button[name=starts_at]").first.click()
    press(dee, "Book this time")
    see(dee.get_by_text("Your talk is booked."))


def meet(talk: Talk, bo: Page, dee: Page, link: str) -> None:
    """Both come in by their own pages, and see and hear each other."""
    bo.goto(f"/team/{talk.slug}/live/")
    bo.get_by_role("link", name="To the room").click()
    press(bo, "Go in")
    dee.goto(link)
    dee.get_by_role("link", name="To the room").click()
    press(dee, "Go in")
    press(bo, "Let in")
    for page in (bo, dee):
        see(page.locator(".seat:not(.own)"))
        before = page.evaluate("arrived()")
        for more in ("frames", "energy"):
            until(page, lambda page=page, more=more, before=before: arrives(page, more, before), PATIENCE_S, more)


def arrives(page: Page, more: str, before: dict[str, float]) -> bool:
    return page.evaluate("arrived()")[more] > before[more] + (10 if more == "frames" else 0)


def fill_in(bo: Page, place: int) -> None:
    """The host asks, rates and notes beside the call."""
    bo.keyboard.press("q")
    question = bo.locator("li[data-question]").nth(place - 1)
    bo.keyboard.press(str(3 + place))
    question.get_by_label("What did you hear?").fill(f"What was said to question {place}")
    see(question.get_by_text("Saved", exact=True))
    bo.keyboard.press("Escape")


def record(bo: Page, dee: Page) -> None:
    bo.keyboard.press("r")
    for page in (bo, dee):
        press(page, "I agree to be recorded")
    for page in (bo, dee):
        see(page.get_by_text("Recording", exact=True))
        until(page, lambda page=page: page.evaluate("recorders.some((one) => one.state === 'recording')"))


def speak(bo: Page, dee: Page) -> None:
    """An answer to each question, while pictures and sound go on to come."""
    for place in range(1, QUESTIONS + 1):
        if place > 1:
            fill_in(bo, place)
            see(dee.locator(".asked").get_by_text(f"Question number {place}?"))
        before = [page.evaluate("arrived()") for page in (bo, dee)]
        bo.wait_for_timeout(ANSWER_S * 1000)
        after = [page.evaluate("arrived()") for page in (bo, dee)]
        for name, one, other in zip(("bo", "dee"), before, after, strict=True):
            frames, energy = (other[what] - one[what] for what in ("frames", "energy"))
            say(f"{name} got {frames} pictures and {energy:.3f} of sound in {ANSWER_S} s")
            assert frames > 0 and energy > 0


def end(bo: Page, dee: Page) -> None:
    press(bo, "End the talk")
    press(bo, "End it for everybody")
    for page in (bo, dee):
        see(page.get_by_role("heading", name="The talk has ended"))
        see(page.get_by_text("Your side of the recording is all there."))


def check(talk: Talk, made: dict[str, Any], sides: list[Given]) -> None:
    """Both sides came whole, each question has its recording, and in it they are together."""
    for leg in made["legs"]:
        say(f"leg {leg['bytes'] / 1e6:.2f} MB, {leg['duration_ms'] / 1000:.1f} s, clock ±{leg['error_ms']:.1f} ms")
    assert sorted(leg["is_candidate"] for leg in made["legs"]) == [False, True]
    assert {one["place"] for one in made["compositions"]} >= {1, 2}
    for one in made["compositions"]:
        assert (one["state"], one["missing"]) == ("ready", [])
        lasts = one["duration_ms"] / 1000
        say(f"question {one['place']}: {lasts:.1f} s put together in {one['took_s']:.1f} s")
        recorded = Recorded(talk.product.data / "store" / "objects" / one["path"], one["starts_s"], one["stretches"])
        seen = [late_pictures(recorded, tile, 2, side) for tile, side in enumerate(sides)]
        heard = [late_sound(recorded, channel, side) for channel, side in enumerate(sides)]
        told = zip(("dee seen", "bo seen", "dee heard", "bo heard"), (*seen, *heard), strict=True)
        for name, late in told:
            say(f"  {name}: {figures([1000 * ms for _, ms in late])} ms late")
        slower = max(1000 * lasts / len(late) for late in seen) - 1000 / RATE
        for name, one_of, other in pairs(seen, heard):
            far = apart(one_of, other)
            say(f"  {name}: {figures(far)} ms apart")
            assert len(far) > 5
            most = MOST_APART_MS + (0 if one_of is heard[0] else slower)
            assert np.abs(np.percentile(far, (5, 95))).max() < most
    say(f"asking the pages for their clocks is off by ±{1000 * max(side.off_by_s for side in sides):.1f} ms at most")


def pairs(seen: list[Late], heard: list[Late]) -> Iterator[tuple[str, Late, Late]]:
    yield "pictures of both", *seen
    yield "voices of both", *heard
    yield "dee and her voice", seen[0], heard[0]
    yield "bo and his voice", seen[1], heard[1]


def see(what: Locator) -> None:
    expect(what).to_be_visible(timeout=PATIENCE_S * 1000)


def figures(many: list[float]) -> str:
    if not many:
        return "nothing"
    low, high = np.percentile(many, (5, 95))
    middle = f"5 to 95 %: {low:.0f}..{high:.0f}, median {median(many):.0f}"
    return f"{min(many):.0f}..{max(many):.0f} ({middle}, of {len(many)})"


def rate(talk: Talk, ines: Page) -> None:
    """Somebody who was not there watches what was put together, to its end, and hands a scorecard in."""
    ines.goto(f"/team/{talk.slug}/review/")
    ines.get_by_role("link", name=re.compile("^Begin with")).click()
    for place in range(1, QUESTIONS + 1):
        ines.wait_for_url(re.compile(rf"/review/[^/]+/{place}/turn/"))
        ines.get_by_role("button", name="Play", exact=True).click()
        see(ines.get_by_text("You have watched 100 %"))
        ines.get_by_role("radio", name=re.compile("^4")).check()
        ines.get_by_role("main").get_by_role("button", name="Next answer").click()
        see(ines.get_by_role("heading", name=f"Question {place} is done"))
        ines.get_by_role("link", name=re.compile("^(Go on with question|Recommend and hand in)")).click()
    ines.get_by_role("radio", name="Go on").check()
    ines.get_by_label("Why, in a sentence or two").fill("They know the work.")
    press(ines, "Hand in those with a recommendation")
    see(ines.get_by_text("is handed in"))


def say(words: str) -> None:
    """Shown with -s or -rP."""
    print(words)  # noqa: T201
