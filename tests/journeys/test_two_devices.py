"""A take that was begun on one device is continued on another."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.listening import decoded, likeness
from tests.journeys.rooms import room
from tests.product import Product
from tests.recorder.driving import begin, press, shown, until, wait_until_saved

pytestmark = [pytest.mark.needs_chromium, pytest.mark.timeout(600)]

EACH_S = 4


def test_a_take_begun_on_the_laptop_is_continued_on_the_phone(
    product: Product, somebody: Callable[..., Page], devices_folder: Path
) -> None:
    address = f"{product.base_url}/i/{room(product, 'fill')[0]}/questions/1/"
    laptop, phone = somebody(), somebody(viewport={"width": 390, "height": 844})
    laptop.goto(address)
    begin(laptop)
    laptop.wait_for_timeout(EACH_S * 1000)
    until(laptop, lambda: sum(path.stat().st_size for path in product.originals()) > 100_000)
    laptop.context.set_offline(True)

    phone.goto(address)
    expect(shown(phone, "You began this answer on another device.")).to_be_visible()
    press(phone, "Go on")
    press(phone, "I am ready")
    phone.wait_for_timeout(EACH_S * 1000)
    press(phone, "Stop")
    wait_until_saved(phone)
    press(phone, "Keep it")
    phone.wait_for_url("**/questions/2/")

    laptop.context.set_offline(False)
    expect(shown(laptop, "What had reached our server from here is safe")).to_be_visible(timeout=60_000)
    (take,) = room(product, "tell")["takes"].values()
    assert take["state"] == "ready"
    assert take["duration_ms"] > EACH_S * 1000 + 1500
    (playable,) = (product.data / "store" / "objects").glob("*/*/playable*")
    _, heard = decoded(playable)
    _, spoken = decoded(devices_folder / "speech.wav")
    last_part = heard[-3 * 16_000 :]
    assert likeness(heard[: 2 * 16_000], spoken) > 0.8
    assert likeness(last_part, spoken) > 0.8
