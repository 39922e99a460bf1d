"""Preparing a kit in a browser: recording and uploading prompts, saving while writing, order by keyboard."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.browsers import start_chromium
from tests.product import ROOT, Product, running

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]

SAMPLES = ROOT / "tests" / "samples"
SETTLE_MS = 60_000


@dataclass
class Kits:
    """A running server with a draft to finish."""

    url: str
    slug: str
    empty_slug: str
    kit: str
    version: str
    used_kit: str
    position: str
    stage: str
    questions: list[str]
    sessions: dict[str, str] = field(default_factory=dict)

    def page(self, rest: str, slug: str = "") -> str:
        return f"{self.url}/team/{slug or self.slug}/{rest}"

    def question(self, place: int) -> str:
        return self.page(f"questions/{self.questions[place - 1]}/")

    def prompt(self, place: int) -> str:
        return self.page(f"prompts/question/{self.questions[place - 1]}/")


@pytest.fixture(scope="module")
def kits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kits]:
    data = tmp_path_factory.mktemp("kits") / "data"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
    own = {"BOTHWAYS_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "bothways.config.settings"}
    filled = subprocess.run(
        [sys.executable, "-m", "tests.web.team.kit_room"],
        env={**kept, **own, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert filled.returncode == 0, filled.stderr
    with running(Product(data, command="up")) as product:
        yield Kits(product.base_url, **json.loads(filled.stdout))


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = start_chromium(playwright, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    yield browser
    browser.close()


@pytest.fixture
def sign_in(chromium: Browser, kits: Kits) -> Iterator[Callable[..., Page]]:
    """A page of its own for one member. Faults in scripts and breaches of the CSP fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def start(name: str = "ada", **options: object) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        context.add_cookies([{"name": "sessionid", "value": kits.sessions[name], "url": kits.url}])
        context.set_default_timeout(30_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", lambda line: "Content Security Policy" in line.text and faults.append(line.text))
        contexts.append(context)
        return context.new_page()

    yield start
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(sign_in: Callable[..., Page]) -> Page:
    return sign_in()


def test_a_question_is_recorded_in_the_page_and_asks(kits: Kits, page: Page) -> None:
    page.goto(kits.page(f"kits/{kits.kit}/"))
    page.get_by_role("link", name="Record question 1").click()
    page.get_by_role("button", name="Open the camera").click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("bw-prompt-recorder .timer")).to_be_visible()
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Keep it").click(timeout=SETTLE_MS)
    page.wait_for_url(kits.question(1))
    clip = page.locator("bw-clip video")
    expect(clip).to_have_attribute("src", re.compile("^/d/"))
    clip.evaluate("video => { video.muted = true; video.play() }")
    page.wait_for_function("() => document.querySelector('bw-clip video').currentTime > 0.5")
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_role("link", name="Record", exact=True)).to_be_visible()


def test_a_file_is_sent_and_asks(kits: Kits, page: Page) -> None:
    page.goto(kits.prompt(2))
    page.get_by_label("Video or audio").set_input_files(SAMPLES / "chromium-10s-h264-opus-fragmented.mp4")
    page.wait_for_url(kits.question(2), timeout=SETTLE_MS)
    expect(page.locator("bw-clip video")).to_have_attribute("src", re.compile("^/d/"))
    page.get_by_role("link", name="Add it in sign language").click()
    page.get_by_label("Video", exact=True).set_input_files(SAMPLES / "chromium-10s-vp8-opus.webm")
    page.wait_for_url(kits.question(2), timeout=SETTLE_MS)
    expect(page.get_by_label("the version in sign language", exact=True)).to_have_attribute("src", re.compile("^/d/"))
    page.get_by_role("button", name="Take it out (in sign language)").click()
    expect(page.get_by_role("link", name="Add it in sign language")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notes.txt", b"Hello", "neither video nor audio"),
        ("broken.mp4", b"This is no video at all, whatever its name says.", "not a recording that we can read"),
    ],
)
def test_another_file_is_refused_in_words(kits: Kits, page: Page, name: str, content: bytes, words: str) -> None:
    page.goto(kits.prompt(3))
    kind = "video/mp4" if name.endswith("mp4") else "text/plain"
    page.get_by_label("Video or audio").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    expect(page.locator("bw-prompt-file [data-say]")).to_contain_text(words, timeout=SETTLE_MS)
    page.goto(kits.question(3))
    expect(page.locator("bw-clip")).to_have_count(0)


def test_what_is_written_is_saved_without_a_button(kits: Kits, page: Page) -> None:
    page.goto(kits.question(3))
    page.get_by_label("What a 5 sounds like").fill("Owns the next contact.")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        page.get_by_label("What a 5 sounds like").blur()
    expect(page.get_by_role("status").filter(has_text="draft, saved")).to_be_visible()
    page.reload()
    expect(page.get_by_label("What a 5 sounds like")).to_have_value("Owns the next contact.")


def test_a_reason_is_asked_for_only_where_one_is_needed(kits: Kits, page: Page) -> None:
    page.goto(kits.question(4))
    reason = page.get_by_label("Why candidates get less than usual")
    expect(reason).to_be_hidden()
    page.get_by_label("An answer may take").select_option("60")
    expect(reason).to_be_visible()
    page.get_by_label("An answer may take").select_option("300")
    expect(reason).to_be_hidden()
    page.get_by_label("Takes", exact=True).select_option("1")
    expect(reason).to_be_visible()
    page.get_by_label("Takes", exact=True).select_option("3")
    page.goto(kits.page(f"stages/{kits.stage}/"))
    reason = page.get_by_label("Why candidates get less than usual")
    expect(reason).to_be_hidden()
    page.get_by_role("radio", name="Everything").check()
    expect(reason).to_be_visible()
    page.get_by_label("A live talk").check()
    expect(page.get_by_role("radio", name="Everything")).to_be_hidden()
    expect(reason).to_be_hidden()
    expect(page.get_by_label("Days to answer")).to_be_visible()


def test_the_order_is_changed_by_keyboard(kits: Kits, page: Page) -> None:
    page.goto(kits.page(f"kits/{kits.kit}/"))
    first = page.locator(".kit-list .kit-q").first
    text = first.locator(".ask").inner_text()
    first.get_by_role("button", name="Move question 1 down").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kit-list .kit-q").nth(1).locator(".ask")).to_have_text(text)
    expect(page.get_by_text("It is question 2 now.")).to_be_visible()
    page.get_by_role("button", name="Move question 2 up").press("Enter")
    expect(page.locator(".kit-list .kit-q").first.locator(".ask")).to_have_text(text)


def test_each_thing_that_is_left_leads_to_its_field(kits: Kits, page: Page) -> None:
    page.goto(kits.question(4))
    page.get_by_label("What a 3 sounds like").fill("")
    page.get_by_role("button", name="Back to the kit").click()
    page.get_by_role("link", name="Question 4 has no anchor for 3.").click()
    assert page.url.endswith("#id_anchor_3")
    page.get_by_label("What a 3 sounds like").fill("Is easy to follow.")
    page.get_by_role("button", name="Back to the kit").click()
    expect(page.get_by_role("link", name="Question 4 has no anchor for 3.")).to_have_count(0)


PAGES = [
    "positions/",
    "positions/?state=closed",
    "positions/new/",
    "positions/{position}/edit/",
    "positions/{position}/stages/",
    "positions/{position}/stages/new/",
    "stages/{stage}/",
    "kits/",
    "kits/new/",
    "kits/{kit}/",
    "kits/{used_kit}/",
    "kits/{kit}/words/",
    "kits/{kit}/rename/",
    "questions/{question}/",
    "prompts/question/{question}/",
    "prompts/question/{question}/captions/",
    "prompts/question-sign/{question}/",
    "prompts/welcome/{version}/",
    "library/",
    "library/new/",
]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1440, "light")])
def test_every_page_passes_axe_and_fits(kits: Kits, sign_in: Callable[..., Page], width: int, scheme: str) -> None:
    """With `BOTHWAYS_SHOTS` a picture of each page is kept in that folder, to be looked at."""
    shots = os.environ.get("BOTHWAYS_SHOTS", "")
    page = sign_in(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    names = {**vars(kits), "question": kits.questions[1]}
    addresses = [kits.page(rest.format(**names)) for rest in PAGES]
    for number, address in enumerate(addresses):
        page.goto(address)
        check(page, width)
        if shots:
            page.screenshot(path=Path(shots) / f"preparing-{number:02}-{width}-{scheme}.png", full_page=True)
    page.goto(kits.page("positions/new/"))
    page.get_by_role("button", name="Open the position").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, width)


def test_empty_pages_pass_axe(kits: Kits, sign_in: Callable[..., Page]) -> None:
    page = sign_in("cleo", bypass_csp=True)
    for rest in ("positions/", "kits/", "library/"):
        page.goto(kits.page(rest, kits.empty_slug))
        expect(page.locator(".empty h1")).to_be_visible()
        check(page, 1440)


def check(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    violations = Axe().run(page).response["violations"]
    found = [(violation["id"], [node["html"][:160] for node in violation["nodes"]]) for violation in violations]
    assert not found, f"{page.url}: {found}"
