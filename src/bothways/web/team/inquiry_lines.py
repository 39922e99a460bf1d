"""One line for each inquiry in the list: who asks, in which way, and how long there is to answer."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actors import Actor
from bothways.conversations.models import Inquiry, InquiryKind, InquiryState
from bothways.conversations.policies import Sight, sight_of
from bothways.interviews.models import InterviewState
from bothways.interviews.queries.requests import local_day
from bothways.lib.working_days import working_days_between

SHOWN_LETTERS = 90


@dataclass(frozen=True, slots=True)
class InquiryLine:
    """`sign` picks the drawing before `words` (components/status.css); the words say the same. `name` is empty for
    whoever may not know who asks."""

    inquiry: Inquiry
    name: str
    begins: str
    sign: str
    words: str

    @property
    def is_late(self) -> bool:
        return self.sign == "late"


def lines_of(actor: Actor, inquiries: Iterable[Inquiry]) -> list[InquiryLine]:
    """Inquiries that were loaded with `is_blinded` become lines. Asks the database nothing."""
    now = timezone.now()
    return [InquiryLine(one, shown_name(actor, one), begins_with(one), *standing(one, now)) for one in inquiries]


def shown_name(actor: Actor, inquiry: Inquiry) -> str:
    """Who asks, for those who may know; empty for the others."""
    if sight_of(actor, inquiry, blinded=inquiry.is_blinded) != Sight.ALL:
        return ""
    return inquiry.interview.application.candidate.name


def begins_with(inquiry: Inquiry) -> str:
    """The first words of a written question, or in which way it was asked. Where words are hidden from whoever still
    has to rate this person, its page shows them masked and the list shows none."""
    stage = inquiry.interview.stage
    if inquiry.kind == InquiryKind.TEXT and inquiry.is_blinded and stage is not None and stage.hides_voice:
        return _("Asked in writing")
    if inquiry.kind == InquiryKind.TEXT:
        return Truncator(" ".join(inquiry.words.split())).chars(SHOWN_LETTERS)
    return _("Asked on video") if inquiry.kind == InquiryKind.VIDEO else _("Asked by voice")


def standing(inquiry: Inquiry, now: dt.datetime) -> tuple[str, str]:
    """Sign and words of how an inquiry stands."""
    if inquiry.state == InquiryState.ANSWERED:
        return "done", _("Answered")
    if inquiry.state == InquiryState.CLOSED:
        return "done", _("Closed")
    if inquiry.interview.state == InterviewState.WITHDRAWN:
        return "off", _("Takes part no more, so nobody waits")
    today, country = local_day(inquiry.organization, now), inquiry.organization.country
    if today > inquiry.due:
        late = max(1, working_days_between(inquiry.due, today, country))
        return "late", ngettext("Overdue by %(n)d working day", "Overdue by %(n)d working days", late) % {"n": late}
    if today == inquiry.due:
        return "now", _("Due today")
    left = working_days_between(today, inquiry.due, country)
    return "half", ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}
