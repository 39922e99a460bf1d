"""What people type when they search, and what hostile hands do."""

import pytest

from bothways.lib.search_words import MOST_TERMS, Term, asked_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("idempotency", [Term(("idempotency",))]),
        ("write-ahead log", [Term(("write", "ahead")), Term(("log",))]),
        ('the "dead letter" queue', [Term(("the",)), Term(("dead", "letter"), is_quoted=True), Term(("queue",))]),
        ("„zwei Worte“ idem*", [Term(("zwei", "Worte"), is_quoted=True), Term(("idem",), is_prefix=True)]),
        ('"not closed', [Term(("not", "closed"), is_quoted=True)]),
        ("cafe\u0301", [Term(("café",))]),
        ("हिन्दी", [Term(("हिन्दी",))]),
        ("C++ * - \" '", [Term(("C",))]),
        ("NEAR(a b) OR {text}:x", [Term(("NEAR", "a")), Term(("b",)), Term(("OR",)), Term(("text", "x"))]),
        ("", []),
        ('\u0301 \ue000 \x00 ** ""', []),
        ("a' & !b:*", [Term(("a",)), Term(("b",), is_prefix=True)]),
    ],
)
def test_terms(text, terms):
    assert asked_terms(text) == terms


def test_there_is_an_end():
    assert len(asked_terms("a " * 500)) == MOST_TERMS
