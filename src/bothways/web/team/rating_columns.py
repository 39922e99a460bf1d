"""The columns of an export of ratings, the same for every kind of file."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.lib.spreadsheet import Column, Value
from bothways.positions.models import Stage
from bothways.review.queries.rating_lines import RatingLine


def columns() -> list[Column]:
    """In the order of `cells_of`, in the language of whoever asks."""
    zone = timezone.get_current_timezone_name()
    return [
        Column(_("Candidate"), 24),
        Column(_("Name hidden"), 9),
        Column(_("Stage"), 20),
        Column(_("Version of the kit"), 9),
        Column(_("Question"), 9),
        Column(_("Question in full"), 44, wraps=True),
        Column(_("Competency"), 20),
        Column(_("Rater"), 22),
        Column(_("Rating"), 12),
        Column(_("Note"), 44, wraps=True),
        Column(_("Handed in (%(zone)s)") % {"zone": zone}, 17),
        Column(_("Recommended"), 13),
        Column(_("Note on the recommendation"), 44, wraps=True),
        Column(_("Mean of the interview"), 11),
        Column(_("Rating as handed in"), 12),
        Column(_("Why it was changed"), 44, wraps=True),
    ]


def cells_of(one: RatingLine, stage: Stage) -> list[Value]:
    return [
        one.who,
        _("yes") if one.name_hidden else _("no"),
        stage.name,
        one.kit_version,
        one.place,
        one.question,
        one.competency,
        one.rater,
        _value(one.value),
        one.note,
        timezone.localtime(one.handed_in_at),
        one.recommendation,
        one.overall_note,
        None if one.overall is None else round(one.overall, 2),
        _value(one.first_value),
        "\n".join(one.reasons),
    ]


def _value(value: int | None) -> Value:
    return _("not enough evidence") if value is None else value


def in_words(cell: Value) -> str:
    """A cell as text, for a file without types: the same in every language, so that programs can read it."""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "minutes")
    return "" if cell is None else str(cell)
