"""The browser that looks at pages, and what plays in them: one for all tests of a process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from bothways.media.steps.calls import make_watchable
from tests.browsers import start_chromium
from tests.web.looking import Look


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = start_chromium(playwright)
    yield browser
    browser.close()


@pytest.fixture
def look(chromium: Browser, live_server: Any, transactional_db: None) -> Iterator[Look]:
    started = Look(chromium, live_server.url)
    yield started
    started.close()
    assert not started.complaints


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds with an index, so that one can seek."""
    sample = Path(__file__).parents[1] / "samples" / "chromium-10s-h264-opus-fragmented.mp4"
    return make_watchable(sample, tmp_path_factory.mktemp("film")).path
