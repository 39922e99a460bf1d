"""What stands before and behind each place that a search has found in a text."""

from collections.abc import Collection, Sequence

from bothways.lib.search_words import WORD, Term

BEGIN, END = "\ue000", "\ue001"
"""Letters for private use: nobody says them, and texts are kept without them."""


def with_marks(text: str, terms: Sequence[Term], forms: Collection[str]) -> str:
    """The text with marks around each word that is one of the `forms`, in small letters, or stands in a term as it
    is."""
    places = [found.span() for found in WORD.finditer(text)]
    words = [text[start:end].lower() for start, end in places]
    found = {at for at, word in enumerate(words) if word in forms}
    for term in terms:
        found.update(_standing(words, term))
    for at in sorted(found, reverse=True):
        start, end = places[at]
        text = f"{text[:start]}{BEGIN}{text[start:end]}{END}{text[end:]}"
    return text


def _standing(words: list[str], term: Term) -> set[int]:
    """Where the words of a term stand, one behind the other."""
    wanted = [word.lower() for word in term.words]
    *before, last = wanted
    found: set[int] = set()
    ends = (at for at, word in enumerate(words) if word == last or (term.is_prefix and word.startswith(last)))
    for end in ends:
        start = end - len(before)
        if start >= 0 and words[start:end] == before:
            found.update(range(start, end + 1))
    return found
