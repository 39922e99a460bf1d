"""Finding words in what candidates said, with the text search of the database that is there.

PostgreSQL finds words by their stems, too, in the language in which they were said. SQLite passes over accents. Quoted
words stand together as they are, and the beginning of a word, with a star, works in both.
"""

import uuid
from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import QuerySet

from bothways.interviews.models import SpokenText
from bothways.interviews.queries import spoken_in_postgresql, spoken_in_sqlite
from bothways.lib.search_words import Term


def matching(organization_id: uuid.UUID, position_id: uuid.UUID, terms: Sequence[Term]) -> QuerySet[SpokenText]:
    """The texts of a position in which all terms stand. Whoever asks says which of them may be seen.

    With PostgreSQL one query is made at once: in which languages people speak there.
    """
    texts = SpokenText.objects.filter(organization=organization_id, position=position_id)
    if not terms:
        return texts.none()
    if connection.vendor == "postgresql":
        return texts.filter(spoken_in_postgresql.condition(texts, terms))
    return texts.filter(spoken_in_sqlite.condition(position_id, terms))


def marked(ids: Collection[int], terms: Sequence[Term]) -> dict[int, str]:
    """Texts with `BEGIN` and `END` (spoken_marks.py) around what was found. One query, with PostgreSQL one more for
    each language."""
    if not ids:
        return {}
    if connection.vendor == "postgresql":
        return spoken_in_postgresql.marked(ids, terms)
    return spoken_in_sqlite.marked(ids, terms)
