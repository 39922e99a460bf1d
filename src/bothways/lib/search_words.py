"""What somebody types to find words: words, "a phrase" in quotation marks, and the begin* of a word. Nothing else means
anything, so nothing can be wrong with it."""

import re
import unicodedata
from dataclasses import dataclass

MOST_TERMS = 12

_SIGNS = r"[\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963]"
WORD = re.compile(rf"[^\W_](?:[^\W_]|{_SIGNS})*")
"""Letters and digits, with the accents and vowel signs that no letter class of `re` knows."""

_TERM = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that have to stand one behind the other, made of letters, digits and marks only. With `is_prefix` the last
    one is the beginning of a word; with `is_quoted` they are meant as they are written."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_quoted: bool = False


def asked_terms(text: str) -> list[Term]:
    """The terms of a text, all of which have to be found; those without a letter or digit are left out."""
    terms = []
    for phrase, word in _TERM.findall(unicodedata.normalize("NFC", text)):
        words = tuple(WORD.findall(phrase or word))
        if words:
            terms.append(Term(words, is_prefix=word.endswith("*"), is_quoted=bool(phrase)))
    return terms[:MOST_TERMS]
