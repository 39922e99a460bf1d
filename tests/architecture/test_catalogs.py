"""Every catalog is complete: no string without its translation, none in doubt, no placeholder lost.

Members read three languages, candidates ten: a catalog of the other seven has all that a candidate can meet.
"""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

import bothways

MEMBERS = {"ar", "de"}
CANDIDATES = {"es", "fr", "hi", "it", "nl", "pl", "pt"}
MET_BY_CANDIDATES = (
    "accounts/retention.py",
    "conversations/",
    "interviews/",
    "lib/",
    "live/",
    "media/",
    "notify/queries/",
    "templates/400.html",
    "templates/403",
    "templates/404.html",
    "templates/409.html",
    "templates/500.html",
    "templates/base/",
    "templates/candidate/",
    "templates/components/",
    "templates/live/",
    "templates/mail/base",
    "templates/mail/conversations/",
    "templates/mail/interviews/",
    "templates/mail/live/",
    "templates/mail/review/",
    "templates/public/open_link/",
    "templates/public/real/",
    "web/bytes/",
    "web/candidate/",
    "web/calendar_answers.py",
    "web/captions.py",
    "web/clips.py",
    "web/durations.py",
    "web/follow_up_words.py",
    "web/free_times.py",
    "web/json_bodies.py",
    "web/live/",
    "web/room_page.py",
    "web/room_strings.py",
    "web/public/forms/open_link.py",
    "web/public/forms/real.py",
    "web/public/views/open_link.py",
    "web/public/views/real.py",
    "web/recorder_strings.py",
    "web/survey_words.py",
    "web/templatetags/",
)
"""Where the words of a candidate's pages and mails come from."""

CATALOGS = sorted((Path(bothways.__file__).parent / "locale").glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|\[\[\w+\]\]")


def messages(path: Path) -> list[Message]:
    """All that this catalog has to have."""
    language = path.parts[-3]
    with path.open("rb") as words:
        found = [message for message in read_po(words, locale=language) if message.id]
    return found if language in MEMBERS else [message for message in found if is_met_by_candidates(message)]


def is_met_by_candidates(message: Message) -> bool:
    return any(file.startswith(MET_BY_CANDIDATES) for file, _line in message.locations)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_there_are_catalogs():
    assert {path.parts[-3] for path in CATALOGS} == MEMBERS | CANDIDATES
    assert {"en"} | MEMBERS | CANDIDATES == set(dict(settings.LANGUAGES))


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_every_string_is_translated(path: Path):
    found = messages(path)
    assert len(found) > (1500 if path.parts[-3] in MEMBERS else 800)
    assert [message.id for message in found if not all(forms(message.string))] == []
    assert [message.id for message in found if message.fuzzy] == []


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])
def test_no_placeholder_is_invented_or_lost(path: Path):
    wrong = []
    for message in messages(path):
        known = set(PLACEHOLDER.findall(" ".join(forms(message.id))))
        needed = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        last = set(PLACEHOLDER.findall(forms(message.string)[-1]))
        if last != needed or any(set(PLACEHOLDER.findall(form)) - known for form in forms(message.string)):
            wrong.append(message.id)
    assert wrong == []


PACKAGE = Path(bothways.__file__).parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def strings_of_the_sources() -> set[tuple[str, str]]:
    """Context and first form of everything that is marked to be translated, with no tool but what is installed."""
    found: set[tuple[str, str]] = set()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "static" in path.relative_to(PACKAGE).parts:
            continue
        source = path.read_text()
        if path.suffix != ".py":
            source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
        for _line, function, strings, _comments in extract_python(BytesIO(source.encode()), KEYWORDS, [], {}):
            given = [strings] if isinstance(strings, str) else [text for text in strings if text]
            context = given.pop(0) if function.startswith(("pgettext", "npgettext")) and len(given) > 1 else ""
            if given:
                found.add((context, given[0]))
    return found


def test_a_string_of_the_sources_is_in_every_catalog():
    wanted = strings_of_the_sources()
    assert len(wanted) > 1500
    for path in CATALOGS:
        with path.open("rb") as words:
            known = {(message.context or "", forms(message.id)[0]) for message in read_po(words) if message.id}
        assert sorted(text for _context, text in wanted - known) == [], path.parts[-3]
