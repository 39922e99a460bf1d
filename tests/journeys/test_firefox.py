"""A candidate answers everything in Firefox."""

import time
from pathlib import Path

import pytest

from tests.journeys.firefox import Firefox, firefox
from tests.journeys.listening import decoded, likeness
from tests.journeys.rooms import room
from tests.product import Product

pytestmark = [pytest.mark.needs_firefox, pytest.mark.timeout(600)]

QUESTIONS = 4
ANSWER_S = 4


def test_firefox_records_and_submits(product: Product, devices_folder: Path, tmp_path: Path) -> None:
    link = room(product, "fill")[0]
    speech = devices_folder / "speech.wav"
    with firefox(tmp_path / "profile") as browser:
        browser.speak(speech)
        browser.goto(f"{product.base_url}/i/{link}/check/")
        browser.press("^Open camera and microphone$")
        browser.press("^Looks and sounds good$")
        browser.press("^Go on with question 1$")
        for place in range(1, QUESTIONS + 1):
            browser.wait_until(f"location.pathname.endsWith('/questions/{place}/')")
            answer(browser)
        browser.press("^Send my answers$")
        browser.wait_until("document.body.innerText.includes('Now it is our turn')")

    spoken = decoded(speech)[1]
    originals = product.originals()
    assert len(originals) == QUESTIONS
    for original in originals:
        pictures, heard = decoded(original)
        assert pictures > 0
        assert len(heard) / 16_000 >= ANSWER_S - 1
        assert likeness(heard, spoken) > 0.8


def answer(browser: Firefox) -> None:
    browser.press("^Record$")
    browser.press("^I am ready$")
    browser.wait_for_button("^Stop$")
    time.sleep(ANSWER_S)
    browser.press("^Stop$")
    browser.press("^Keep it$")
