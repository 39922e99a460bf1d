"""Every page of a candidate speaks the candidate's language, all of it."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils import translation

from bothways.interviews.models import ConsentText
from tests.web.candidate.conftest import Visitor

PAGES = (
    "",
    "consent/",
    "check/",
    "practice/",
    "questions/",
    "questions/1/",
    "questions/1/write/",
    "review/",
    "settings/",
    "talk/",
    "help/",
    "data/",
    "withdraw/",
)
OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
OUT_OF_SIGHT = ("script", "style")


class Words(HTMLParser):
    """The pieces of text on a page, labels included."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.html: dict[str, str | None] = {}
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.html = dict(attrs)
        if tag in OUT_OF_SIGHT:
            self._inside.append(tag)
        self.found |= {value or "" for name, value in attrs if name in ("aria-label", "title", "placeholder")}

    def handle_endtag(self, tag: str) -> None:
        if tag in OUT_OF_SIGHT:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.add(" ".join(data.split()))


def words_of(visitor: Visitor, path: str, language: str) -> Words:
    visitor.interview.language = language
    visitor.interview.save()
    answer = visitor.get(path)
    assert answer.status_code == 200, path
    return Words(answer.content.decode())


@pytest.mark.parametrize("language", OTHERS)
def test_no_page_has_words_of_another_language(agreed: Visitor, language: str) -> None:
    left_in_english: set[str] = set()
    # What somebody agreed to stays as it was read then; a language is called by its own name.
    meant = {text for agreed_to in ConsentText.objects.all() for text in agreed_to.body.splitlines()}
    meant |= {name for _code, name in settings.LANGUAGES}
    for path in PAGES:
        english = words_of(agreed, path, "en").found
        shown = words_of(agreed, path, language)
        assert shown.html["lang"] == language
        assert shown.html["dir"] == ("rtl" if language == "ar" else "ltr")
        with translation.override(language):
            left_in_english |= {
                text for text in (english & shown.found) - meant if text and translation.gettext(text) != text
            }
    assert left_in_english == set()
