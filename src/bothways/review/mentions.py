"""Finding who is meant by "@name" in what somebody writes. Pure; done once, when it is written."""

import re
import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be mentioned: by the whole name, by its first word, or by the mail address."""

    id: uuid.UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Mentioned:
    """`people` are meant for sure. `unclear` has what was typed and fits several, with those it fits."""

    people: tuple[Person, ...]
    unclear: tuple[tuple[str, tuple[Person, ...]], ...]


def mentioned(words: str, people: Iterable[Person]) -> Mentioned:
    """Who is meant. The longest fitting name counts, whatever its case; what fits nobody is only text."""
    fitting: dict[str, dict[uuid.UUID, Person]] = defaultdict(dict)
    for person in people:
        for key in {person.name, person.name.partition(" ")[0], person.email}:
            if key.strip():
                fitting[_plain(key)][person.id] = person
    if not fitting:
        return Mentioned((), ())
    longest_first = sorted(fitting, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)@({'|'.join(re.escape(key) for key in longest_first)})(?![\w@])")
    found: dict[uuid.UUID, Person] = {}
    unclear: dict[str, tuple[Person, ...]] = {}
    for typed in pattern.findall(_plain(words)):
        meant = fitting[typed]
        if len(meant) == 1:
            found |= meant
        else:
            unclear[typed] = tuple(meant.values())
    return Mentioned(tuple(found.values()), tuple(unclear.items()))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
