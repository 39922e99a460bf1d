"""What WebKitGTK records is accepted: the voice of a candidate."""

import time
from pathlib import Path

import numpy as np
import pytest

from tests.journeys.listening import sound_before_damage
from tests.journeys.rooms import room
from tests.journeys.webkit import webkit
from tests.product import Product

pytestmark = [pytest.mark.needs_webkit, pytest.mark.timeout(600)]

ANSWER_S = 5


def test_webkit_records_a_voice_that_is_accepted(product: Product, tmp_path: Path) -> None:
    link = room(product, "fill")[0]
    with webkit(tmp_path / "home") as browser:
        browser.goto(f"{product.base_url}/i/{link}/questions/1/")
        browser.press("^Voice only$")
        browser.press("^Record$")
        browser.press("^I am ready$")
        browser.wait_for_button("^Stop$")
        time.sleep(ANSWER_S)
        browser.press("^Stop$")
        browser.press("^Keep it$")
        browser.wait_until("location.pathname.endsWith('/questions/2/')")

    (original,) = product.originals()
    heard = sound_before_damage(original)
    assert len(heard) / 16_000 >= ANSWER_S - 2
    assert np.abs(heard).max() > 0.01
