"""One line for each person in the list of a position: what their state means, and what comes next."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.interviews.models import UNFINISHED, Interview, InterviewKind, InterviewState, Request, RequestKind
from bothways.interviews.queries.promise import Promise, promise
from bothways.interviews.queries.window import is_over, open_until
from bothways.positions.models import ApplicationState
from bothways.review.models import Outcome


@dataclass(frozen=True, slots=True)
class Owed:
    """The reply that somebody waits for: `days` is drawn, one element a working day, and `words` says the same;
    `waiting` is how long they wait already.
    """

    promise: Promise
    days: SafeString
    words: str
    day: str
    waiting: str


@dataclass(frozen=True, slots=True)
class Line:
    """Everything a row shows, ready to be written: fifty rows are drawn at a time, and a template is slow at making.

    `sign` picks the drawing before the state's words (components/status.css). `step` is what somebody would do next:
    "resend", "extend", "decide", "address", or empty. `owed` is there for those who wait for a reply; `answers_by`
    is empty for those who cannot answer any more. `asked` is what they asked a person for, while nobody has answered.
    """

    interview: Interview
    id: str
    name: str
    email: str
    sign: str
    words: str
    step: str
    since: str
    answers_by: str
    owed: Owed | None
    can_answer: bool
    asked: Request | None = None
    asked_words: str = ""

    @property
    def is_late(self) -> bool:
        return self.sign == "late"


class Days:
    """Days in words, each written once a page: many people share one."""

    def __init__(self) -> None:
        self._zone = timezone.get_current_timezone()
        self._written: dict[tuple[dt.date, str], str] = {}

    def short(self, moment: dt.datetime) -> str:
        return self._word(moment.astimezone(self._zone).date(), "SHORT_DATE_FORMAT")

    def with_weekday(self, day: dt.date) -> str:
        return f"{self._word(day, 'D')} {self._word(day, 'MONTH_DAY_FORMAT')}"

    def moment_with_weekday(self, moment: dt.datetime) -> str:
        return self.with_weekday(moment.astimezone(self._zone).date())

    def _word(self, day: dt.date, form: str) -> str:
        if (day, form) not in self._written:
            self._written[day, form] = date_format(day, form)
        return self._written[day, form]


def lines_of(
    interviews: Collection[Interview],
    unreached: Collection[uuid.UUID],
    outcomes: Mapping[uuid.UUID, str],
    asking: Mapping[uuid.UUID, Request],
) -> list[Line]:
    """Loaded interviews become lines. Asks the database nothing."""
    now, written = timezone.now(), Days()
    return [
        _line(
            interview, interview.id in unreached, outcomes.get(interview.id, ""), asking.get(interview.id), now, written
        )
        for interview in interviews
    ]


def _line(
    interview: Interview,
    is_unreached: bool,
    outcome: str,
    asked: Request | None,
    now: dt.datetime,
    written: Days,
) -> Line:
    can_answer = interview.state in UNFINISHED and not is_over(interview, now)
    waits = interview.state == InterviewState.SUBMITTED and outcome not in (Outcome.ADVANCE, Outcome.DECLINE)
    owed = promise(interview, now) if waits else None
    if interview.state == InterviewState.SUBMITTED:
        sign, words = _sent(interview, outcome, owed)
        step = "decide" if waits else ""
    elif interview.state == InterviewState.WITHDRAWN:
        sign, words, step = "off", _("Withdrawn"), ""
    elif not can_answer:
        sign, words, step = "off", _("Time is up"), "extend"
    elif is_unreached:
        sign, words, step = "late", _("The mail did not arrive"), "address"
    else:
        sign, words = _answering(interview)
        step = "resend"
    candidate = interview.application.candidate
    return Line(
        interview=interview,
        id=str(interview.id),
        name=candidate.name,
        email=candidate.email,
        sign=sign,
        words=words,
        step=step,
        since=written.short(_since(interview)),
        answers_by=written.moment_with_weekday(open_until(interview, now)) if can_answer else "",
        owed=_owed(owed, written) if owed else None,
        can_answer=can_answer,
        asked=asked,
        asked_words=_asked_words(asked, written) if asked else "",
    )


def _asked_words(asked: Request, written: Days) -> str:
    words = (
        _("would rather talk to a person, answer by %(day)s")
        if asked.kind == RequestKind.PERSON
        else _("needs a change, answer by %(day)s")
    )
    return words % {"day": written.with_weekday(asked.due)}


def _owed(owed: Promise, written: Days) -> Owed:
    if owed.is_late:
        words = _("The day has passed")
    else:
        words = ngettext(
            "%(left)d of %(total)d working days left", "%(left)d of %(total)d working days left", owed.left
        ) % {"left": owed.left, "total": owed.total}
    waiting = ngettext("%(n)d working day", "%(n)d working days", owed.today) % {"n": owed.today}
    return Owed(owed, _drawn(tuple(owed.days)), words, written.with_weekday(owed.day), waiting)


@lru_cache(maxsize=500)
def _drawn(days: tuple[str, ...]) -> SafeString:
    """A week and the next one, with a gap between them (components/promise.css)."""
    cells = [f'<i class="{day}"></i>' if day != "left" else "<i></i>" for day in days]
    weeks = filter(None, ("".join(cells[:5]), "".join(cells[5:])))
    return mark_safe('<i class="gap"></i>'.join(weeks))  # noqa: S308 - written in this file


def _sent(interview: Interview, outcome: str, owed: Promise | None) -> tuple[str, str]:
    if outcome == Outcome.ADVANCE:
        return "done", _("Goes on")
    if outcome == Outcome.DECLINE or interview.application.state == ApplicationState.DECLINED:
        return "done", _("Declined")
    if owed is not None and owed.is_late:
        return "late", _("The reply is overdue")
    if outcome == Outcome.HOLD:
        return "half", _("On hold")
    return "now", _("Talked with us") if interview.kind == InterviewKind.LIVE else _("Sent")


def _answering(interview: Interview) -> tuple[str, str]:
    if interview.state == InterviewState.STARTED:
        return "half", _("Has picked a time") if interview.kind == InterviewKind.LIVE else _("Answering")
    return ("half", _("Opened")) if interview.state == InterviewState.OPENED else ("open", _("Invited"))


def _since(interview: Interview) -> dt.datetime:
    """Since when things stand like this."""
    moments = {
        InterviewState.OPENED: interview.opened_at,
        InterviewState.STARTED: interview.started_at,
        InterviewState.SUBMITTED: interview.submitted_at,
        InterviewState.EXPIRED: interview.deadline,
        InterviewState.WITHDRAWN: interview.withdrawn_at,
    }
    return moments.get(InterviewState(interview.state)) or interview.created_at
