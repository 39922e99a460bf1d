"""Words as people type them when they search: without accents, without case, without special letters."""

import re
import unicodedata

_SPECIAL = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
"""Letters that Unicode does not take apart into a plain one and a mark."""

_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """`text` in small letters without marks: "José Łukasz Weiß" gives "jose lukasz weiss"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", plain).translate(_SPECIAL)


def words(text: str) -> list[str]:
    """The folded words of a text in their order; everything but letters and digits parts them."""
    return _WORD.findall(folded(text))
