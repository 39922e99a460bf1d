"""A list of people out of a file that somebody exported somewhere: read, row by row, without touching a database."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from bothways.lib.csv_text import NotText, decoded, read_rows
from bothways.lib.errors import Refused
from bothways.lib.folding import words
from bothways.lib.person_text import normalized_email, normalized_name
from bothways.positions.models import Candidate

MOST_ROWS = 10_000
MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = Candidate._meta.get_field("name").max_length
LONGEST_EMAIL = Candidate._meta.get_field("email").max_length

OK = "ok"
NO_NAME = "no_name"
LONG_NAME = "long_name"
NO_EMAIL = "no_email"
BAD_EMAIL = "bad_email"
TWICE = "twice"
INVITED = "invited"
"""Verdicts on a row. The last one is found against the database."""

UNKNOWN_LANGUAGE = "unknown_language"
"""A note on a row that is invited all the same, in the kit's language."""

_HEADINGS = {
    "name": {
        "name", "fullname", "candidate", "candidatename", "applicant", "applicantname", "person", "vollername",
        "vollstandigername", "kandidat", "kandidatin", "bewerber", "bewerberin", "nombre", "nome", "الاسم",
        "الاسمالكامل",
    },
    "first": {"firstname", "first", "givenname", "forename", "vorname", "prenom", "الاسمالاول"},
    "last": {"lastname", "last", "surname", "familyname", "nachname", "familienname", "nom", "اسمالعايلة", "اللقب"},
    "email": {
        "email", "emailaddress", "mail", "mailaddress", "emailadresse", "mailadresse", "correo", "correoelectronico",
        "البريد", "البريدالالكتروني", "adressemail", "courriel",
    },
    "language": {
        "language", "lang", "locale", "preferredlanguage", "sprache", "langue", "idioma", "lingua", "اللغه", "اللغة",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row as it was read. `line` is the file's line on which it ends; `first_line` where the same address stood."""

    line: int
    name: str
    email: str
    language: str = ""
    verdict: str = OK
    note: str = ""
    first_line: int | None = None


def read_people(data: bytes) -> list[PersonRow]:
    """Every row of the file, each with a verdict of its own.

    Raises:
        Refused: the file as a whole cannot be read: `file_too_large`, `not_csv`, `no_columns`, `no_people`,
            `too_many_people`.
    """
    if len(data) > MOST_BYTES:
        raise Refused("file_too_large", _("The file has more than 5 MB. Please split it."))
    try:
        rows = read_rows(decoded(data))
        columns = _columns(next(rows, (0, []))[1])
        people = list(_people(rows, columns))
    except (NotText, csv.Error):
        raise Refused(
            "not_csv", _("This file is not CSV. Save the list as “CSV (comma separated)” and choose it again.")
        ) from None
    if not people:
        raise Refused("no_people", _("The file has a line with the names of the columns, but nobody below it."))
    if len(people) > MOST_ROWS:
        raise Refused("too_many_people", _("The file has more than 10,000 people. Please split it."))
    return people


def _columns(heading: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(heading):
        word = "".join(words(cell))
        for column, spellings in _HEADINGS.items():
            if word in spellings:
                found.setdefault(column, place)
    if "email" not in found or not found.keys() & {"name", "first", "last"}:
        raise Refused(
            "no_columns",
            _("The first line must name the columns. We look for one called “name” and one called “e-mail”."),
        )
    return found


def _people(rows: Iterator[tuple[int, list[str]]], columns: dict[str, int]) -> Iterator[PersonRow]:
    first_lines: dict[str, int] = {}
    for number, (line, cells) in enumerate(rows):
        if number > MOST_ROWS:
            break
        cell = {
            column: normalized_name(cells[place]) if place < len(cells) else "" for column, place in columns.items()
        }
        name = cell.get("name") or f"{cell.get('first', '')} {cell.get('last', '')}".strip()
        email = normalized_email(parseaddr(cell["email"])[1] or cell["email"])
        language = _language(cell.get("language", ""))
        verdict = _verdict(name, email)
        if verdict == OK and email in first_lines:
            verdict = TWICE
        yield PersonRow(
            line=line,
            name=name[:LONGEST_NAME],
            email=email[:LONGEST_EMAIL],
            language=language or "",
            verdict=verdict,
            note=UNKNOWN_LANGUAGE if language is None else "",
            first_line=first_lines.setdefault(email, line) if verdict in (OK, TWICE) else None,
        )


def _verdict(name: str, email: str) -> str:
    if not email:
        return NO_EMAIL
    if not name:
        return NO_NAME
    if len(name) > LONGEST_NAME:
        return LONG_NAME
    try:
        validate_email(email)
    except ValidationError:
        return BAD_EMAIL
    return OK if len(email) <= LONGEST_EMAIL else BAD_EMAIL


def _language(text: str) -> str | None:
    """The code of a language that we speak, "" for none given, None for one that we do not."""
    if not text:
        return ""
    asked = "".join(words(text.replace("_", "-").partition("-")[0]))
    for code, name in settings.LANGUAGES:
        if asked in (code, "".join(words(name)), "".join(words(get_language_info(code)["name"]))):
            return code
    return None
