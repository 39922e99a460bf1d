"""Filters of the search in answers. Load them with ``{% load search_tags %}``."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from bothways.interviews.queries.spoken_marks import BEGIN, END
from bothways.web.durations import clock

AROUND = 160
"""Letters of an utterance that are shown before and behind what was found."""

register = template.Library()
register.filter("clock", clock)


@register.filter
def marked_words(line: str) -> SafeString:
    """An utterance, shortened around what was found first, safe to stand in a page."""
    first = line.index(BEGIN)
    start, end = max(0, first - AROUND), line.index(END, first) + AROUND
    # Not in the middle of a word, and with every mark that was opened closed.
    start = line.rfind(" ", 0, start) + 1 if start else 0
    shown = line[start:] if end >= len(line) else line[start:end].rpartition(" ")[0] or line[start:end]
    if shown.count(BEGIN) > shown.count(END):
        shown += END
    cut = f"{'… ' if start else ''}{shown}{' …' if end < len(line) else ''}"
    marked = escape(cut).replace(BEGIN, "<mark>").replace(END, "</mark>")
    return mark_safe(marked)  # noqa: S308 - escaped before
