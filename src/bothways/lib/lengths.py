"""Lengths of texts. Django holds a TextField's `max_length` against forms only, and SQLite holds none at all."""

from django.db import models
from django.utils.translation import gettext as _

from bothways.lib.errors import Refused


def require_lengths(row: models.Model) -> None:
    """Ask every text of a row that is about to be saved.

    Raises:
        Refused: `too_long`, naming the first text that is.
    """
    for field in row._meta.concrete_fields:
        longest = getattr(field, "max_length", None)
        if longest is None or not isinstance(field, models.CharField | models.TextField):
            continue
        if len(getattr(row, field.attname) or "") > longest:
            words = _("“%(field)s” is too long. %(most)d characters are the most.")
            raise Refused("too_long", words % {"field": field.verbose_name, "most": longest})
