"""Four people in a talk, two of them browsers: everybody hears and sees everybody, and nothing is recorded before the
fourth yes."""

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bothways.live.queries.consent_words import CONSENT_VERSION
from tests.product import Product
from tests.recorder.driving import press
from tests.web.live.foreign_peer import PATIENCE_S, ForeignPeer
from tests.web.live.in_room import PATIENCE_MS, go_in, start, until

pytestmark = [pytest.mark.alone, pytest.mark.needs_chromium, pytest.mark.timeout(400)]

RECORDS = "recorders.some((one) => one.state === 'recording')"
RESTS = "recorders.every((one) => one.state === 'inactive')"


class Kept:
    """What the server has written down of recordings."""

    def __init__(self, product: Product) -> None:
        self._file = product.data / "bothways.sqlite3"

    def count(self, question: str) -> int:
        with sqlite3.connect(f"file:{self._file}?mode=ro", uri=True) as database:
            return int(database.execute(f"SELECT count(*) FROM {question}").fetchone()[0])

    @property
    def periods(self) -> int:
        return self.count("live_recordingperiod")

    @property
    def running(self) -> int:
        return self.count("live_recordingperiod WHERE stopped_at IS NULL")

    @property
    def legs(self) -> int:
        return self.count("live_leg")


def comes(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.05)


@pytest.fixture
def foreign(
    held: tuple[Product, dict[str, Any]],
) -> Iterator[Callable[[str], ForeignPeer]]:
    product, made = held
    here: list[ForeignPeer] = []

    def come(who: str) -> ForeignPeer:
        url = product.base_url.replace("http", "ws") + f"/live/{made['talks'][0]['room']}/socket"
        here.append(ForeignPeer(url, origin=product.base_url, cookie=f"sessionid={made[who]}"))
        return here[-1]

    yield come
    for one in here:
        one.leave()


def says_yes(peer: ForeignPeer) -> None:
    peer.say("consent", yes=True, text_version=CONSENT_VERSION)
    comes(lambda: {"type": "consent", "from": peer.you, "yes": True} in peer.seen, "the own yes is told")


def test_nothing_is_recorded_before_the_fourth_yes(
    held: tuple[Product, dict[str, Any]],
    browser: Browser,
    faults: list[str],
    foreign: Callable[[str], ForeignPeer],
) -> None:
    product, made = held
    kept = Kept(product)
    bo = start(browser, product.base_url, faults, made["bo"], viewport={"width": 1280, "height": 800})
    dee = start(browser, product.base_url, faults, viewport={"width": 1280, "height": 800})
    bo.goto(f"/live/{made['talks'][0]['room']}/")
    go_in(bo)
    dee.goto(f"/i/{made['talks'][0]['token']}/room/")
    go_in(dee)
    press(bo, "Let in")
    ines = foreign("ines")
    rafael = foreign("rafael")
    for page in (bo, dee):
        expect(page.locator(".seat:not(.own)")).to_have_count(3)
        sees_all(page)
    for peer in (ines, rafael):
        comes(lambda peer=peer: bool(peer.you), "they are inside")
        others = {one["id"] for message in peer.seen for one in _people(message)} - {peer.you}
        for other in others:
            for kind in ("audio", "video"):
                comes(lambda peer=peer, other=other, kind=kind: peer.came[other, kind] >= 10, f"{kind} of each other")

    bo.keyboard.press("r")
    for page in (bo, dee):
        press(page, "I agree to be recorded")
    says_yes(ines)
    # What was said after the third yes comes after all that the third yes has led to.
    ines.say("chat", key=str(uuid.uuid4()), text="Three of us have said yes")
    for page in (bo, dee):
        expect(page.locator("[data-part=yes] [data-is=done]")).to_have_count(3)
        expect(page.locator("[data-part=messages]")).to_contain_text("Three of us have said yes")
    assert (kept.periods, kept.legs) == (0, 0)
    for page in (bo, dee):
        expect(page.get_by_text("Recording", exact=True)).to_be_hidden()
        assert page.evaluate(RESTS)

    says_yes(rafael)
    everywhere(bo, dee, RECORDS)
    assert (kept.periods, kept.running) == (1, 1)
    comes(lambda: kept.legs == 2, "both browsers send their side")

    late = foreign("ada")
    everywhere(bo, dee, RESTS)
    assert (kept.periods, kept.running) == (1, 0)
    says_yes(late)
    everywhere(bo, dee, RECORDS)
    assert (kept.periods, kept.running) == (2, 1)

    ines.say("consent", yes=False)
    everywhere(bo, dee, RESTS)
    assert (kept.periods, kept.running) == (2, 0)


def sees_all(page: Page, by: int = 10) -> None:
    """So many more pictures of each of the others are shown."""
    shown = """[...document.querySelectorAll('.seat:not(.own) video[data-part=picture]')].map(
        (video) => video.getVideoPlaybackQuality().totalVideoFrames)"""
    least = page.evaluate(shown)
    for _ in range(PATIENCE_MS // 100):
        now = page.evaluate(shown)
        if all(there - here >= by for here, there in zip(least, now, strict=True)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"from {least} to {now} pictures of the others")


def everywhere(bo: Page, dee: Page, recorders: str) -> None:
    """What is shown is what is done."""
    for page in (bo, dee):
        until(page, recorders)
        shown = expect(page.get_by_text("Recording", exact=True))
        shown.to_be_visible() if recorders == RECORDS else shown.to_be_hidden()


def _people(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [*message.get("people", []), *([message["person"]] if "person" in message else [])]
