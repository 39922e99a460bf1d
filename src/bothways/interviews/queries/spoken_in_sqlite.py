"""Words in what candidates said, by FTS5 (https://sqlite.org/fts5.html)."""

import uuid
from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from bothways.interviews.queries.spoken_marks import BEGIN, END
from bothways.lib.search_words import Term


def condition(position_id: uuid.UUID, terms: Sequence[Term]) -> Q:
    """The position is a word of the index, too, so that words of other positions cost nothing."""
    match = f'position_id : "{position_id.hex}" AND text : ({_query(terms)})'
    found = "SELECT rowid FROM interviews_spokentext_fts WHERE interviews_spokentext_fts MATCH %s"
    return Q(id__in=RawSQL(found, [match]))  # noqa: S611


def marked(ids: Collection[int], terms: Sequence[Term]) -> dict[int, str]:
    places = ", ".join("%s" for _ in ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid, highlight(interviews_spokentext_fts, 0, %s, %s) FROM interviews_spokentext_fts "  # noqa: S608
            f"WHERE interviews_spokentext_fts MATCH %s AND rowid IN ({places})",
            [BEGIN, END, f"text : ({_query(terms)})", *ids],
        )
        return dict(cursor.fetchall())


def _query(terms: Sequence[Term]) -> str:
    """Strings, because nothing inside of one has a meaning, and terms hold no quotation marks."""
    return " AND ".join(f'"{" ".join(term.words)}"{" *" if term.is_prefix else ""}' for term in terms)
