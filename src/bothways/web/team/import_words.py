"""What the report of an imported list says about a row."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.interviews import people_file
from bothways.interviews.people_file import PersonRow

VERDICTS: dict[str, Promise] = {
    people_file.OK: gettext_lazy("Ready to be invited"),
    people_file.NO_NAME: gettext_lazy("No name"),
    people_file.LONG_NAME: gettext_lazy("Name longer than 160 letters"),
    people_file.NO_EMAIL: gettext_lazy("No e-mail address"),
    people_file.BAD_EMAIL: gettext_lazy("Not an e-mail address"),
    people_file.TWICE: gettext_lazy("Same address twice in the file"),
    people_file.INVITED: gettext_lazy("In this stage already"),
}


def row_words(row: PersonRow) -> str:
    """One row in words: the verdict, and what else is to be known."""
    if row.verdict == people_file.TWICE:
        return _("Same address as in line %(line)d") % {"line": row.first_line or 0}
    words = str(VERDICTS[row.verdict])
    if row.note == people_file.UNKNOWN_LANGUAGE:
        return _("%(verdict)s. We do not speak this language yet: mails come in the kit's.") % {"verdict": words}
    return words
