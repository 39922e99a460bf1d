from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browsers import start_chromium
from tests.factories import Cast
from tests.factories.live import make_booked_room
from tests.product import Product, running
from tests.web.live.calling import ARGUMENTS
from tests.web.live.in_room import look
from tests.web.live.talking import Peer, Talk, serving


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = start_chromium(playwright, *ARGUMENTS)
    yield started
    started.close()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, dict[str, Any]]]:
    data = tmp_path_factory.mktemp("live") / "data"
    product = Product(data, command="web")
    made = look(product, "fill")
    with running(product):
        yield product, made


@pytest.fixture
def faults() -> Iterator[list[str]]:
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture(autouse=True)
def nobody_stays(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages of an earlier test would go on calling one another beside the next one."""
    yield
    if "browser" in request.fixturenames:
        browser: Browser = request.getfixturevalue("browser")
        for context in browser.contexts:
            context.close()


@pytest.fixture
def talk(transactional_db: None, cast: Cast) -> Iterator[Talk]:
    with serving() as port:
        talk = Talk(port, make_booked_room(cast))
        yield talk
        talk.close()


@pytest.fixture
def bo_alone(talk: Talk, cast: Cast) -> Peer:
    """A host in an empty room."""
    bo = talk.host(cast.bo)
    bo.hear("welcome")
    return bo
