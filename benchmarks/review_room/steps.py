"""Fifty answers in a row by keyboard: how long from Enter until the next answer is painted.

A running product with the rows of `filling.py`, whose recordings all play one real file, and a real Chromium. The clock
is the page's own: from the press of the key to the frame after the next answer stands in the page.

    python -m benchmarks.review_room.steps

fills the data folder that the environment names, and prints a session and an address as JSON.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

from tests.product import ROOT, Product, running

STEP_TARGET_MS = 200
ANSWERS = 50
LOADED = 5
LOOK_S = 1.0
"""Nobody rates an answer in less."""

CLOCK = """
window.steps = [];
let pressed = 0;
addEventListener("keydown", (event) => { if (event.key === "Enter") pressed = performance.now(); }, { capture: true });
document.addEventListener("bw-turn", () => requestAnimationFrame(() => setTimeout(
  () => window.steps.push(performance.now() - pressed))));
"""


def steps() -> dict[str, Any] | None:
    """Milliseconds of the median and the slowest step, and of loading a page anew; None without Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    with tempfile.TemporaryDirectory(prefix="bothways-steps-") as name:
        data = Path(name) / "data"
        filled = _filled(data)
        with running(Product(data, command="web")) as product, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--mute-audio"])
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            context.add_cookies([{"name": "sessionid", "value": filled["session"], "url": product.base_url}])
            context.add_init_script(CLOCK)
            page = context.new_page()
            taken = _walked(page, product.base_url + filled["round"])
            loaded = [_loaded(page) for _ in range(LOADED)]
            browser.close()
    return {
        "answers": len(taken),
        "median_ms": round(statistics.median(taken), 1),
        "slowest_ms": round(max(taken), 1),
        "loading_ms": round(statistics.median(loaded), 1),
    }


def _walked(page: Page, address: str) -> list[float]:
    page.goto(address)
    for number in range(ANSWERS):
        time.sleep(LOOK_S)
        page.keyboard.press(str(1 + number % 5))
        page.keyboard.press("Enter")
        while len(page.evaluate("window.steps")) <= number:
            time.sleep(0.01)
    taken: list[float] = page.evaluate("window.steps")
    return taken


def _loaded(page: Page) -> float:
    """From asking for the next page until its answer is there, without what is fetched ahead."""
    after = urljoin(page.url, str(page.locator("[data-turn]").get_attribute("data-after")))
    start = time.perf_counter()
    page.goto(after, wait_until="domcontentloaded")
    return (time.perf_counter() - start) * 1000


def _filled(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore::RuntimeWarning", "-m", "benchmarks.review_room.steps"],
        env=kept | {"BOTHWAYS_DATA_DIR": str(data), "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def _fill() -> dict[str, str]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bothways.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from benchmarks.review_room.filling import fill  # noqa: PLC0415
    from bothways.media.models import Recording, Rendition  # noqa: PLC0415
    from tests.web.team.rating_room import VIDEO, make_watchable  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    filled = fill()
    recording = make_watchable(filled.stage.interviews.first(), VIDEO)
    names = ("container", "video_codec", "audio_codec", "duration_ms", "width", "height")
    Recording.objects.exclude(id=recording.id).update(**{name: getattr(recording, name) for name in names})
    playable = recording.renditions.get(kind="playable")
    names = ("mime", "size", "store_key")
    Rendition.objects.exclude(recording=recording).update(**{name: getattr(playable, name) for name in names})
    client = Client()
    client.force_login(filled.begun.user)
    question = filled.questions[2]
    return {
        "session": client.cookies["sessionid"].value,
        "round": reverse("team:review-round", args=["bench", filled.stage.id, question.id]),
    }


if __name__ == "__main__":
    json.dump(_fill(), sys.stdout)
