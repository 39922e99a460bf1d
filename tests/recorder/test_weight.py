"""How much a phone must load before it can record."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response

from tests.recorder.driving import begin

pytestmark = pytest.mark.needs_chromium

MOST_SCRIPT = 60_000


@pytest.mark.parametrize("name", ["question", "check", "practice", "prompt"])
def test_scripts_stay_small(open_page: Callable[..., Page], name: str) -> None:
    page = open_page("leave")
    scripts: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type == "script":
            scripts[response.url] = len(gzip.compress(response.body(), 6))

    page.on("response", weigh)
    page.goto(page.url.replace("leave", name))
    page.wait_for_load_state("networkidle")
    if name != "check":
        begin(page)

    assert scripts
    assert all(url.startswith(page.url.rsplit("/", 1)[0]) for url in scripts), "only from the page's own host"
    assert sum(scripts.values()) <= MOST_SCRIPT
