"""What all tests share."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

if "BOTHWAYS_DATA_DIR" not in os.environ:
    _data = tempfile.TemporaryDirectory(prefix="bothways-test-")
    os.environ["BOTHWAYS_DATA_DIR"] = _data.name
os.environ.setdefault("BOTHWAYS_BASE_URL", "http://localhost:8000")

import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import Playwright, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.factories import Cast
from tests.migrated import from_migrated
from tests.parts import LeftOut

TESTS = Path(__file__).parent
ON_BOTH = TESTS / "journeys" / "test_screening.py"
"""The browser journey that writes and reads most of what is kept. The others try devices, lines and ears."""
BROWSERS = ("needs_chromium", "needs_firefox", "needs_webkit")
PAGES = [
    *(TESTS / "web" / name for name in ("team", "candidate", "public")),
    TESTS / "architecture" / "test_addresses.py",
]


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
    parser.addoption("--without-pages", action="store_true", help="leave out what is asked of pages without a browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches no database would only be the same again. Django lets no test without `db` touch one.

    How a page behaves in a browser is seen once, on SQLite; where two databases are tried, the same pages are asked
    without one on PostgreSQL, which is the stricter of the two. The rooms, and the journey of a whole screening,
    are tried on both.
    """
    left_out = set()
    if config.getoption("--with-database"):
        left_out |= {item for item in items if not _depends_on_the_database(item)}
    if config.getoption("--without-pages"):
        left_out |= {item for item in items if _asks_a_page(item)}
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    # What takes longest comes first, so that no processor is idle at the end.
    items[:] = sorted((item for item in items if item not in left_out), key=lambda item: not _is_in_a_browser(item))


def _depends_on_the_database(item: pytest.Item) -> bool:
    if _is_in_a_browser(item):
        return item.path == ON_BOTH
    return _has_a_database(item) or item.get_closest_marker("alone") is not None


def _asks_a_page(item: pytest.Item) -> bool:
    is_of_pages = any(place in (item.path, *item.path.parents) for place in PAGES)
    return is_of_pages and _has_a_database(item) and not _is_in_a_browser(item)


def _is_in_a_browser(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(browser) for browser in BROWSERS)


def _has_a_database(item: pytest.Item) -> bool:
    return bool({"db", "transactional_db"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A database that begins as a copy is not made again. SQLite's goes with its folder."""
    return "sqlite3" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_use_migrations: bool,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[ExitStack]:
    with ExitStack() as until_set_up:
        if django_db_use_migrations:
            with django_db_blocker.unblock():
                until_set_up.enter_context(from_migrated())
        yield until_set_up


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_modify_db_settings: ExitStack, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        django_db_modify_db_settings.close()


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
