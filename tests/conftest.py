"""What all tests share."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

if "BOTHWAYS_DATA_DIR" not in os.environ:
    _data = tempfile.TemporaryDirectory(prefix="bothways-test-")
    os.environ["BOTHWAYS_DATA_DIR"] = _data.name
os.environ.setdefault("BOTHWAYS_BASE_URL", "http://localhost:8000")

import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import Playwright, sync_playwright

from tests.factories import Cast
from tests.parts import LeftOut

TESTS = Path(__file__).parent
WITHOUT_DATABASE = (TESTS / "recorder", TESTS / "media", TESTS / "lib", TESTS / "contracts")
JOURNEYS = TESTS / "journeys"
BROWSERS = ("needs_chromium", "needs_firefox", "needs_webkit")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(LeftOut())
    # Real password hashing takes a third of a second each, by design. Tests make thousands of users.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Pages name the sources of styles and scripts; tests/web/look proves what collectstatic makes of them.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    if "sqlite3" in settings.DATABASES["default"]["ENGINE"]:
        # A file, as people have it: in memory, threads lock one another out of whole tables.
        folder = tempfile.TemporaryDirectory(prefix="bothways-test-database-")
        config.add_cleanup(folder.cleanup)
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"{folder.name}/test.sqlite3"
        settings.DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--with-database", action="store_true", help="leave out what a database cannot change")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches no database would only be the same again. Django lets no test without `db` touch one.

    How a page behaves in a browser is seen once; the same pages are asked of both databases without one, and whole
    journeys run on both.
    """
    if not config.getoption("--with-database"):
        return
    same = [item for item in items if not _depends_on_the_database(item)]
    config.hook.pytest_deselected(items=same)
    items[:] = [item for item in items if _depends_on_the_database(item)]


def _depends_on_the_database(item: pytest.Item) -> bool:
    if any(item.get_closest_marker(browser) for browser in BROWSERS):
        return JOURNEYS in item.path.parents
    if {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
        return True
    return not any(folder in item.path.parents for folder in WITHOUT_DATABASE)


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture(autouse=True)
def _language_of_the_settings() -> None:
    """A page that was asked for in another language leaves the thread in it."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _store_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STORE_DIR", tmp_path / "store")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of all browser tests, because a process cannot start two."""
    # Its event loop runs in this thread, where Django would take every query for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as started:
        yield started
