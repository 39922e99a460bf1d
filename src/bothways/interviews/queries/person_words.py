"""Finding people by the beginnings of words of their name or address, through an index, on both databases."""

from typing import Any

from django.db.models import CharField, Exists, Lookup, OuterRef, QuerySet

from bothways.interviews.models import Interview, PersonWord
from bothways.lib.folding import folded, words
from bothways.positions.models import Position

LONGEST_WORD = 60
MOST_WORDS_ASKED = 5

SELECTIVE = 2000
"""Up to so many hits, the people are looked up one by one; above it they stand so close in the list that walking the
list finds a page sooner. Measured in benchmarks/people_list."""


class BeginsWith(Lookup):
    """The column begins with a plain text, written so that each database can use an index for it.

    SQLite compares bytes, so a range does it. PostgreSQL may sort by the rules of a language; there a LIKE uses the
    index's pattern operator class.
    """

    lookup_name = "begins_with"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} >= %s AND {column} < %s", (*params, self.rhs, *params, self.rhs + "\U0010ffff")

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*params, connection.ops.prep_for_like_query(self.rhs) + "%")


CharField.register_lookup(BeginsWith)


def words_of(name: str, email: str) -> set[str]:
    """What a person is found by: each word of the name, each part of the address, and the address as it is."""
    return {word[:LONGEST_WORD] for word in [*words(name), *words(email), folded(email)]}


def asked_words(text: str) -> list[str]:
    """What somebody typed, as words to look for, the longest first, because it narrows most."""
    asked = [folded(part) if "@" in part else word for part in text.split() for word in _parts(part)]
    return sorted({word[:LONGEST_WORD] for word in asked}, key=lambda word: (-len(word), word))[:MOST_WORDS_ASKED]


def _parts(part: str) -> list[str]:
    return [part] if "@" in part else words(part)


def matching_ids(position: Position, asked: list[str]) -> list[Any] | None:
    """The interviews of people who match every word, or None when they are more than `SELECTIVE`. One query."""
    first, *others = asked
    rows = PersonWord.objects.filter(position=position, word__begins_with=first)
    for word in others:
        rows = rows.filter(_has(word, OuterRef("interview_id")))
    hits = list(rows.values_list("interview_id", flat=True)[: SELECTIVE + 1])
    return None if len(hits) > SELECTIVE else list(dict.fromkeys(hits))


def walking(interviews: QuerySet[Interview], asked: list[str]) -> QuerySet[Interview]:
    """The same interviews, asked for every word while the list is walked in its order."""
    for word in asked:
        interviews = interviews.filter(_has(word, OuterRef("id")))
    return interviews


def _has(word: str, interview_id: OuterRef) -> Exists:
    return Exists(PersonWord.objects.filter(interview_id=interview_id, word__begins_with=word))
