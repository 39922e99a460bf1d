"""Words that may tell who somebody is, found in a text without an outside service. A person looks at them.

What is proposed is never complete: it is where a person begins. No model guesses; the rules are few and can be read.
"""

import re
import zoneinfo
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from bothways.interviews.models.hidden_words import MaskKind
from bothways.lib.folding import folded, words
from bothways.lib.masking import Mask

_BIG = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['’\-][^\W\d_]+)*"
_BIG_WORDS = rf"{_BIG}(?:\s+(?:(?:of|de|der|da|di|du|del|la|van|von|and|&)\s+)?{_BIG}){{0,4}}"
_SCHOOLS = (
    "university|college|school|institute|academy|polytechnic|universität|hochschule|fachhochschule|gymnasium|realschule|"
    "université|lycée|école|institut|universidad|colegio|escuela|instituto|università|scuola|liceo|universiteit|"
    "hogeschool|uniwersytet|politechnika|szkoła|universidade|faculdade|escola"
)
_LINKS = r"(?:\s+(?:of|for|at|in|de|des|du|der|di|da|do|del|van|für|zu|im))*"
_RULES = (
    (MaskKind.SCHOOL, rf"\b(?i:{_SCHOOLS}){_LINKS}\s+(?P<what>{_BIG_WORDS})"),
    (MaskKind.SCHOOL, rf"(?P<what>{_BIG_WORDS})\s+(?i:{_SCHOOLS})\b"),
    (
        MaskKind.EMPLOYER,
        r"\b(?i:work(?:ed|ing|s)?|job|employed|internship|trained|arbeite(?:te|t)?|gearbeitet|travaill\w+|trabaj\w+|"
        r"lavor\w+|trabalh\w+|werk(?:te|t)?|pracowa\w+)\s+(?:\w+\s+){0,2}?"
        rf"(?i:at|for|with|by|bei|für|chez|pour|en|para|da|per|presso|na|voor|w|dla)\s+(?P<what>{_BIG_WORDS})",
    ),
    (MaskKind.EMPLOYER, rf"(?P<what>{_BIG_WORDS})\s+(?:GmbH|AG|KG|Ltd|Limited|Inc|LLC|PLC|SARL|SA|SpA|BV|NV|SL)\b"),
    (
        MaskKind.NAME,
        r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Herr|Frau|Herrn|Monsieur|Madame|Mme|Señor|Señora|Sr|Sra|Signor|Signora|"
        rf"Meneer|Mevrouw|Pan|Pani)\.?\s+(?P<what>{_BIG}(?:\s+{_BIG})?)",
    ),
    (
        MaskKind.NAME,
        r"\b(?i:my name is|name's|i am called|i'm called|call me|ich heiße|mein name ist|je m'appelle|me llamo|"
        r"mi nombre es|"
        r"mi chiamo|ik heet|mijn naam is|nazywam się|mam na imię|meu nome é|chamo-me)"
        rf"\s+(?P<what>{_BIG}(?:\s+{_BIG}){{0,3}})",
    ),
    (MaskKind.CONTACT, r"(?P<what>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"),
    (MaskKind.CONTACT, r"(?P<what>(?:https?://|www\.)\S+)"),
    (MaskKind.CONTACT, r"(?P<what>\+?\d[\d ()/.-]{6,}\d)"),
)
_RULES_READ = tuple((kind, re.compile(rule)) for kind, rule in _RULES)
_TWO_BIG = re.compile(rf"(?<=[a-zà-ÿ,;]\s)(?P<what>{_BIG}\s+{_BIG})")
"""Two words with capital letters inside a sentence: a name more often than not, but not in German, where nouns have
them."""

_SHORTEST_PART = 2
_SHORTEST_PLACE = 4


def own_names(name: str, email: str) -> list[Mask]:
    """Each part of the candidate's name, and of the mail address what stands before the @."""
    parts = [part for part in words(name) if len(part) >= _SHORTEST_PART]
    parts += [part for part in re.split(r"[\W\d_]+", email.partition("@")[0]) if len(part) > _SHORTEST_PART]
    return [Mask(part, MaskKind.NAME) for part in dict.fromkeys(folded(part) for part in parts)]


def proposals(texts: Iterable[str], language: str) -> Iterator[Mask]:
    """What the rules find in these texts, in their order, each once."""
    places = _places(language)
    seen: set[str] = set()
    for text in texts:
        for mask in (*_by_rules(text, language), *_places_in(text, places)):
            if mask.key and mask.key not in seen:
                seen.add(mask.key)
                yield mask


def _by_rules(text: str, language: str) -> Iterator[Mask]:
    taken: list[tuple[int, int]] = []
    for kind, rule in _RULES_READ:
        for found in rule.finditer(text):
            taken.append(found.span())
            yield Mask(found["what"].strip(" .,"), kind)
    for found in () if language.startswith("de") else _TWO_BIG.finditer(text):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            yield Mask(found["what"], MaskKind.NAME)


def _places_in(text: str, places: frozenset[str]) -> Iterator[Mask]:
    """Places of one to three words that begin with a capital letter."""
    big = list(re.finditer(rf"{_BIG}", text))
    for at, first in enumerate(big):
        for last in reversed(big[at : at + 3]):
            what = text[first.start() : last.end()]
            if folded(what) in places:
                yield Mask(what, MaskKind.PLACE)
                break


@lru_cache(maxsize=16)
def _places(language: str) -> frozenset[str]:
    """Countries as the language and English call them, and the cities after which time zones are called."""
    found = {zone.rpartition("/")[2].replace("_", " ") for zone in zoneinfo.available_timezones() if "/" in zone}
    for code in ("en", language):
        try:
            found.update(Locale.parse(code, sep="-").territories.values())
        except (UnknownLocaleError, ValueError):
            continue
    return frozenset(folded(name) for name in found if len(name) >= _SHORTEST_PLACE and not name.startswith("GMT"))
