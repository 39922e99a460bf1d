"""The audit log about one person, in sentences."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.accounts.models import AuditEntry

WORDS: dict[str, str | Promise] = {
    "interview.invited": _("Invited"),
    "interview.resent": _("Link sent again"),
    "interview.reminded": _("Reminded by mail"),
    "interview.extended": _("More days given"),
    "interview.made_up": _("More time given by itself, because something technical went wrong"),
    "interview.link_copied": _("New link made to be copied"),
    "interview.link_asked_for": _("Link asked for on the open page"),
    "interview.opened": _("Page opened"),
    "interview.started": _("First answer begun"),
    "interview.submitted": _("Answers sent"),
    "interview.expired": _("Time was up"),
    "interview.withdrawn": _("Taken back"),
    "interview.link_mailed": _("Link sent to go on with another device"),
    "interview.advanced": _("Decided to go on"),
    "interview.held": _("Put on hold"),
    "interview.declined": _("Declined"),
    "interview.decision_reversed": _("Decision taken back"),
    "interview.name_shown": _("Name shown to a person who rates"),
    "interview.words_hidden": _("More words hidden from raters"),
    "interview.words_shown": _("Words no longer hidden from raters"),
    "interview.words_checked": _("Checked which words are hidden from raters"),
    "interview.files_released": _("Files released to raters"),
}
"""What is told. How somebody set up their own page, for example more time, is theirs alone and stays out."""

REQUESTS: dict[str, str | Promise] = {
    "request.asked": _("Asked for a person or a change"),
    "request.answered": _("Answered what was asked for"),
    "request.handed_over": _("Handed to somebody else to answer"),
    "inquiry.asked": _("Asked the team a question"),
    "inquiry.answered": _("Answered a question"),
    "inquiry.closed": _("Closed a question with a few words"),
    "inquiry.handed_over": _("Handed a question to somebody else to answer"),
    "request.overdue": _("The answer to what was asked for is overdue"),
}
"""Told to those only who may see requests."""


REVIEWING: dict[str, str | Promise] = {
    "scorecard.submitted": _("Scorecard handed in"),
    "rating.changed": _("Rating changed after handing in"),
    "interview.reconciled": _("Written down what raters found together"),
    "interview.shortlisted": _("Put on the shortlist"),
    "interview.unshortlisted": _("Taken off the shortlist"),
    "interview.name_shown": _("Name shown"),
    "interview.advanced": _("Decided to go on"),
    "interview.held": _("Put on hold"),
    "interview.declined": _("Declined"),
    "interview.decision_reversed": _("Decision taken back"),
    "reply.sent": _("Letter sent to the candidate"),
}
"""What a meeting reads of the log: all of reviewing, and nothing of how the candidate took part."""


@dataclass(frozen=True, slots=True)
class Happening:
    entry: AuditEntry
    words: str | Promise


def happenings(entries: list[AuditEntry], *, with_requests: bool) -> list[Happening]:
    """The entries that have words here, in their order."""
    words = {**WORDS, **REQUESTS} if with_requests else WORDS
    return [Happening(entry, words[entry.verb]) for entry in entries if entry.verb in words]


def reviewing(entries: list[AuditEntry]) -> list[Happening]:
    """The entries about reviewing and deciding, in their order."""
    return [Happening(entry, REVIEWING[entry.verb]) for entry in entries if entry.verb in REVIEWING]
