"""A page asks for all modules of its script at once; what the browser then loads is exactly that."""

from typing import Any

import pytest
from playwright.sync_api import Page

from bothways.interviews.models import Interview
from bothways.web.modules import imports_of
from tests.factories import Cast, make_interview, make_token
from tests.interviews.taking_part import consented
from tests.web.looking import Look

STATIC = "/static/"


@pytest.fixture
def interview(transactional_db: None) -> Interview:
    cast = Cast()
    return consented(make_interview(cast.stage, cast.kit_version))


def test_imports_are_found_through_others_and_each_once():
    found = imports_of("bothways/recorder/question.js")
    assert "bothways/recorder/question-page.js" in found
    assert "bothways/elements/clip.js" in found
    assert len(found) == len(set(found)) > 20


def test_a_missing_module_is_told():
    with pytest.raises(FileNotFoundError):
        imports_of("bothways/recorder/no-such.js")


@pytest.mark.needs_chromium
@pytest.mark.parametrize(
    ("path", "entry"),
    [("check/", "check"), ("practice/", "practice"), ("questions/1/", "question")],
)
def test_nothing_is_left_to_be_found_out(look: Look, interview: Interview, path: str, entry: str) -> None:
    page = look.start()
    page.goto(f"/i/{make_token(interview)}/{path}")
    page.wait_for_selector("body:not([data-undrawn])", state="attached")
    name = f"bothways/recorder/{entry}.js"
    assert scripts_loaded(page) == {name, *imports_of(name)}


def scripts_loaded(page: Page) -> set[str]:
    """Names of the script files that came, those that a page loads later of its own accord left out."""
    loaded: list[Any] = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    names = {str(address).partition(STATIC)[2] for address in loaded}
    return {name for name in names if name.endswith(".js")} - {"bothways/elements/clip-tools.js"}
