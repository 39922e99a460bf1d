"""Marks around what was found, where Python sets them."""

import pytest

from bothways.interviews.queries.spoken_marks import BEGIN, END, with_marks
from bothways.lib.search_words import asked_terms


@pytest.mark.parametrize(
    ("text", "asked", "forms", "marked"),
    [
        ("Every retry, every Retries.", "retry", {"retry", "retries"}, "Every [retry], every [Retries]."),
        ("no way\nno how", '"way no"', (), "no [way]\n[no] how"),
        ("idle idea", "ide*", (), "idle [idea]"),
        ("write-ahead or write", "write-ahead", (), "[write]-[ahead] or write"),
        ("nothing", "x", (), "nothing"),
        ("", "x", (), ""),
    ],
)
def test_marks(text, asked, forms, marked):
    got = with_marks(text, asked_terms(asked), forms)
    assert got.replace(BEGIN, "[").replace(END, "]") == marked
