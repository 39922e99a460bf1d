"""Filters of the pages on which positions and kits are prepared. Load them with ``{% load kit_tags %}``."""

from django import template

from bothways.web import durations
from bothways.web.templatetags.candidate_tags import day

register = template.Library()

register.filter("duration", durations.duration_words)
register.filter("halves", durations.halves)
register.filter("clock", durations.clock)
register.filter("weekday", day)


@register.filter
def first_name(name: str) -> str:
    """What stands on a small clip, where the whole name has no room."""
    return str(name).split(" ")[0]
