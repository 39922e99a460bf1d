"""One line for each request in the list: who asks for what, and how long there is to answer."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.interviews.models import Request
from bothways.interviews.queries.requests import local_day
from bothways.lib.working_days import working_days_between


@dataclass(frozen=True, slots=True)
class RequestLine:
    """`sign` picks the drawing before `words` (components/status.css); the words say the same."""

    request: Request
    name: str
    sign: str
    words: str

    @property
    def is_late(self) -> bool:
        return self.sign == "late"


def lines_of(requests: Iterable[Request]) -> list[RequestLine]:
    """Loaded requests become lines. Asks the database nothing."""
    now = timezone.now()
    return [
        RequestLine(request, request.interview.application.candidate.name, *standing(request, now))
        for request in requests
    ]


def standing(request: Request, now: dt.datetime) -> tuple[str, str]:
    """Sign and words of how a request stands."""
    if request.answered_by is not None:
        return "done", _("Answered")
    today, country = local_day(request.organization, now), request.organization.country
    if today > request.due:
        late = max(1, working_days_between(request.due, today, country))
        return "late", ngettext("Overdue by %(n)d working day", "Overdue by %(n)d working days", late) % {"n": late}
    if today == request.due:
        return "now", _("Due today")
    left = working_days_between(today, request.due, country)
    return "half", ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}
