"""Documents of any words: nothing that somebody writes keeps one from being made."""

import datetime as dt

import pytest
from django.conf import settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bothways.web.paper.blocks import Heading, LevelMark, SpreadLine, Title, Words
from bothways.web.paper.document import pdf
from bothways.web.paper.sheet import About


@pytest.fixture(autouse=True, scope="module")
def _letters_of_its_own(tmp_path_factory):
    """Fonts are made once for all documents here."""
    before, settings.DATA_DIR = settings.DATA_DIR, tmp_path_factory.mktemp("letters")
    yield
    settings.DATA_DIR = before


@hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(st.text(max_size=60), min_size=3, max_size=3), is_rtl=st.booleans())
@example(words=["שלום Dee", "حسن‏ 12", "\u202eturned\u2066"], is_rtl=True)
@example(words=["नमस्ते", "สวัสดี 漢字 🧑‍🚀", "\x00\x07\n\n\t"], is_rtl=False)
@example(words=["{nb}", "**bold** __under__ --", "x" * 3000], is_rtl=False)
@example(words=["", " ", "\n"], is_rtl=False)
def test_any_words_make_a_document(words, is_rtl):
    first, second, third = words
    about = About(
        title=first,
        author=second,
        language="en",
        is_rtl=is_rtl,
        accent="#1d5f4c",
        at=dt.datetime(2026, 11, 29, tzinfo=dt.UTC),
        foot=third,
        page_words="Page {page} of {pages}",
    )
    blocks = [
        Title(first),
        Heading(second),
        Words(third, is_spoken=True),
        SpreadLine([1, 1, 5]),
        LevelMark(3),
        Words(first, is_bold=True, beside_mark=True),
        LevelMark(None),
    ]
    content = pdf(about, blocks)
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
