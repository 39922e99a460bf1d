"""Hiding words of a text behind a sign that says what kind of word stood there: ⟦name⟧, ⟦school⟧.

A mask is some words that stand one behind the other, wherever they stand, with or without accents and capital letters,
and with the endings that possessives and plurals have in the languages around us.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bothways.lib.folding import folded

TOKEN = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
LONGEST_MASK = 120

_ENDINGS = ("'s", "s", "es", "'", "n", "en", "a", "e", "u", "em", "om", "owi", "ie", "in", "ina", "ova")
"""What may stand behind a name that is bent: Anna's, Annas, Annie, Nowaka, Nowakowi."""

_SHORTEST_BENT = 4
"""Letters that a word needs before an ending behind it is still taken for the same word."""


@dataclass(frozen=True, slots=True)
class Mask:
    """`words` as somebody wrote them, `kind` is one of those that the page knows."""

    words: str
    kind: str

    @property
    def key(self) -> str:
        """The same for the same words, however they are written."""
        return " ".join(tokens(self.words))


def tokens(text: str) -> list[str]:
    """The words of a text, folded. "O’Neill-Díaz" gives "o'neill", "diaz"."""
    return [_plain(found.group()) for found in TOKEN.finditer(text)]


def hide(text: str, masks: Iterable[Mask], signs: dict[str, str]) -> str:
    """The text with a sign in the place of each mask; of two that fit, the longer one. `signs` has one for each kind.

    Signs of one kind with nothing but a space between them become one, so that nobody counts the words of a name.
    """
    wanted = sorted(((mask.key.split(), mask.kind) for mask in masks if mask.key), key=lambda one: -len(one[0]))
    places = [(found.start(), found.end(), _plain(found.group())) for found in TOKEN.finditer(text)]
    parts: list[tuple[int, int, str]] = []
    at = 0
    while at < len(places):
        fit = next(((len(words), kind) for words, kind in wanted if _stands(words, places[at : at + len(words)])), None)
        if fit is None:
            at += 1
            continue
        start, end = places[at][0], places[at + fit[0] - 1][1]
        if parts and parts[-1][2] == fit[1] and not text[parts[-1][1] : start].strip(" -\u00a0."):
            start = parts.pop()[0]
        parts.append((start, end, fit[1]))
        at += fit[0]
    for start, end, kind in reversed(parts):
        text = f"{text[:start]}{signs[kind]}{text[end:]}"
    return text


def _stands(words: list[str], places: list[tuple[int, int, str]]) -> bool:
    found = [place[2] for place in places]
    return len(found) == len(words) and found[:-1] == words[:-1] and _is_same(found[-1], words[-1])


def _is_same(found: str, wanted: str) -> bool:
    if found == wanted or found == f"{wanted}'s":
        return True
    return len(wanted) >= _SHORTEST_BENT and found.startswith(wanted) and found[len(wanted) :] in _ENDINGS


def _plain(word: str) -> str:
    return folded(word.replace("’", "'").replace("ʼ", "'"))
