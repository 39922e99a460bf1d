"""Two browsers, one of which hears a real voice: its words stand on the page of the other, who reads along."""

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Playwright, expect

from tests.browsers import start_chromium
from tests.media.speech.voices import CITIES, as_wav, plain, silence, speech, words_said
from tests.parts import MODEL
from tests.product import Product, running
from tests.web.live.calling import ARGUMENTS
from tests.web.live.in_room import PATIENCE_MS, go_in, look, looked_at, start, until

pytestmark = [pytest.mark.alone, pytest.mark.needs_chromium, pytest.mark.needs_speech, pytest.mark.timeout(900)]

SAID = "[...document.querySelectorAll('.captions-said [data-part=text]')].map((one) => one.textContent).join(' ')"


def test_what_a_host_says_is_read_by_a_candidate_who_turned_captions_on(tmp_path: Path, playwright: Playwright) -> None:
    voice = as_wav(tmp_path / "bo.wav", np.concatenate([speech(CITIES), silence(1)]))
    quiet = as_wav(tmp_path / "dee.wav", silence(5))
    local = {"BOTHWAYS_SPEECH_ENGINE": "local", "BOTHWAYS_SPEECH_MODEL": str(MODEL)}
    product = Product(tmp_path / "data", command="web", environment=local)
    made = look(product, "fill")
    talk, faults = made["talks"][2], list[str]()
    with running(product):
        browsers = [
            start_chromium(playwright, *ARGUMENTS, f"--use-file-for-fake-audio-capture={file}")
            for file in (voice, quiet)
        ]
        bo = start(browsers[0], product.base_url, faults, made["bo"], viewport={"width": 1280, "height": 800})
        phone = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
        dee = start(browsers[1], product.base_url, faults, **phone)
        bo.goto(f"/live/{talk['room']}/")
        go_in(bo)
        dee.goto(f"/i/{talk['token']}/room/")
        dee.locator("[data-act=enter]").click()
        bo.get_by_role("button", name="Let in", exact=True).click()
        expect(dee.locator("[data-act=captions]")).to_be_visible(timeout=PATIENCE_MS)
        expect(bo.locator("[data-text=captions_by]")).to_be_hidden()

        began = time.monotonic()
        dee.locator("[data-act=captions]").click()
        expect(bo.locator("[data-text=captions_by]")).to_have_text(
            "José Luis Fernández de la Vega Ruiz has captions on."
        )
        expect(bo.get_by_text("own server. Nothing of it is kept.")).to_be_visible()
        until(dee, f"({SAID}).split(' ').length > 25")
        took = time.monotonic() - began
        # The reading begins anew again and again, and may be met anywhere in it.
        heard, told = plain(dee.evaluate(SAID)), words_said(CITIES)
        right = sum(word in told for word in heard) / len(heard)
        pairs = set(pairwise(told))
        runs = sum(pair in pairs for pair in pairwise(heard))
        print(f"{len(heard)} words {took:.1f} s after captions were turned on; {right:.0%} of them were said")  # noqa: T201
        assert right > 0.8 and runs > len(heard) / 2
        assert dee.locator(".captions-said [data-part=name]").first.inner_text() == "Bo Osei:"
        assert dee.locator(".captions-said").get_attribute("role") == "log"
        expect(bo.locator(".room-captions")).to_be_hidden()
        assert dee.evaluate("document.dir") == "rtl"
        looked_at(dee, "captions-360-dark-rtl")
        for _ in range(2):
            dee.locator("[data-act=captions-larger]").click()
        looked_at(dee, "captions-large-360-dark-rtl")
        looked_at(bo, "captions-1280-light")

        # Bo wants none of his own words there.
        bo.get_by_role("button", name="Not my words", exact=True).click()
        expect(dee.locator("[data-text=captions_without]")).to_contain_text("Bo Osei")
        dee.wait_for_timeout(6000)
        before = dee.evaluate(SAID)
        dee.wait_for_timeout(6000)
        assert dee.evaluate(SAID) == before
        dee.locator("[data-act=captions]").click()
        expect(bo.locator("[data-text=captions_by]")).to_be_hidden()
        assert not list((product.data / "scratch").glob("*"))
        for browser in browsers:
            browser.close()
    assert faults == []
