"""A calendar file on its way in a mail: calendar programs read it among the forms of the text, people as a file."""

import re

from django.core.mail import EmailMultiAlternatives
from icalendar.parser import Contentlines

FILE_NAME = "interview.ics"
_METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


def unfolded(calendar: bytes) -> str:
    """One line for each content line, so that what is put in later cannot be cut by a fold."""
    return "\n".join(str(line) for line in Contentlines.from_ical(calendar.decode())) if calendar else ""


def folded(calendar: str) -> bytes:
    """The file again, its lines ended and folded as RFC 5545 asks."""
    return Contentlines.from_ical(calendar).to_ical()


def attach_calendar(mail: EmailMultiAlternatives, calendar: str) -> None:
    """Twice: as an invitation beside the text, which is where calendar programs look, and as a file to save."""
    content, method = folded(calendar), _METHOD.search(calendar)
    kind = f"text/calendar; method={method[1] if method else 'PUBLISH'}"
    mail.attach_alternative(content.decode(), kind)
    mail.attach(FILE_NAME, content.decode(), "text/calendar")
