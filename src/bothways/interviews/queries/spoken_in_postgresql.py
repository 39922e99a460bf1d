"""Words in what candidates said, by the text search of PostgreSQL
(https://www.postgresql.org/docs/current/textsearch.html)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from bothways.interviews.models import SpokenText
from bothways.interviews.queries.spoken_marks import with_marks
from bothways.lib.folding import folded
from bothways.lib.search_words import WORD, Term

_Configuration = tuple[str, tuple[str, ...]]
"""SQL of a text search configuration, and its values."""

_AS_IT_IS: _Configuration = ("'pg_catalog.simple'", ())
_PREFIXING = ("ar",)
"""Languages whose words change at their beginning, too."""


def condition(texts: QuerySet[SpokenText], terms: Sequence[Term]) -> Q:
    """One question for each language, so that the index answers each."""
    found = Q(pk__in=[])
    for language in texts.order_by().values_list("language", flat=True).distinct():
        query, values = _either(terms, ("bothways_words(%s)", (language,)))
        matches = RawSQL(f"search_vector @@ ({query})", values, output_field=BooleanField())  # noqa: S611
        found |= Q(language=language) & Q(matches)
    return found


def marked(ids: Collection[int], terms: Sequence[Term]) -> dict[int, str]:
    """PostgreSQL's own `ts_headline` takes milliseconds for each text, so it is asked about words only."""
    rows = list(SpokenText.objects.filter(id__in=ids).values_list("id", "language", "text"))
    texts: dict[str, list[str]] = defaultdict(list)
    for _id, language, text in rows:
        texts[language].append(text)
    forms = {language: _forms(language, some, terms) for language, some in texts.items()}
    return {id_: with_marks(text, terms, forms[language]) for id_, language, text in rows}


def _forms(language: str, texts: list[str], terms: Sequence[Term]) -> set[str]:
    """The words of the texts that have the stem of a word that was asked for."""
    asked = [Term((word,)) for term in terms if not term.is_quoted for word in term.words]
    if not asked:
        return set()
    beginnings = {_beginning(term.words[0]) for term in asked}
    words = {word for text in texts for word in WORD.findall(text.lower())}
    like = [word for word in words if language in _PREFIXING or _beginning(word) in beginnings]
    query, values = _tsquery(asked, "bothways_words(%s)", (language,), " || ")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word FROM unnest(%s::text[]) AS word WHERE to_tsvector(bothways_words(%s), word) @@ ({query})",  # noqa: S608
            [like, language, *values],
        )
        return {word for (word,) in cursor.fetchall()}


@lru_cache(maxsize=4096)
def _folded(letters: str) -> str:
    return folded(letters)


def _beginning(word: str) -> str:
    """What words of one stem have in common, in languages that bend words at their end: Haus, Häuser."""
    return _folded(word[:2])[:2]


def _either(terms: Sequence[Term], stems: _Configuration) -> tuple[str, list[str]]:
    """Each word by its stem or as it is, because stems leave out words like "no" and "it"; quoted words as they are."""
    parts: list[str] = []
    values: list[str] = []
    for term in terms:
        ways = [_AS_IT_IS] if term.is_quoted else [stems, _AS_IT_IS]
        queries = [_tsquery([term], *way) for way in ways]
        parts.append(f"({' || '.join(sql for sql, _values in queries)})")
        values += [value for _sql, some in queries for value in some]
    return " && ".join(parts), values


def _tsquery(
    terms: Sequence[Term], configuration: str, named: tuple[str, ...], joined: str = " && "
) -> tuple[str, list[str]]:
    """SQL of a tsquery, and its values."""
    parts: list[str] = []
    values: list[str] = []
    for term in terms:
        *before, last = term.words
        if not term.is_prefix:
            parts.append(f"phraseto_tsquery({configuration}, %s)")
            values += [*named, " ".join(term.words)]
            continue
        if before:
            values += [*named, " ".join(before)]
        values += [*named, f"'{last}':*"]
        head = f"phraseto_tsquery({configuration}, %s) <-> " if before else ""
        parts.append(f"({head}to_tsquery({configuration}, %s))")
    return joined.join(parts), values
