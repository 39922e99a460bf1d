"""The audit log about one person, in sentences."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview, InterviewKind

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
    "feedback.approved": _("Feedback approved"),
    "feedback.sent": _("Feedback sent to the candidate"),
    "feedback.erased": _("Feedback deleted, because the time for keeping it is over"),
    "slot.booked": _("Time picked for the talk"),
    "slot.moved": _("Talk moved"),
    "slot.cancelled": _("Talk cancelled"),
    "slot.missed": _("Talk missed: the candidate did not come"),
    "slot.let_down": _("Talk missed: we did not come"),
    "slot.waited_at": _("Hosts written to, because the candidate waited before an empty room"),
    "slot.took_place": _("Said that the talk took place"),
}
"""What is told. How somebody set up their own page, for example more time, is theirs alone and stays out."""

TALKING: dict[str, str | Promise] = {
    "interview.started": _("First time picked"),
    "interview.submitted": _("The talk took place"),
}
"""What the same steps are called where people talk instead of recording."""

REQUESTS: dict[str, str | Promise] = {
    "request.asked": _("Asked for a person or a change"),
    "request.answered": _("Answered what was asked for"),
    "request.handed_over": _("Handed to somebody else to answer"),
    "follow_up.asked": _("Asked a follow-up"),
    "follow_up.answered": _("Answered a follow-up"),
    "follow_up.heard": _("Watched or read the answer to a follow-up"),
    "follow_up.released": _("Answer to a follow-up released to raters"),
    "follow_up.taken_back": _("Follow-up taken back"),
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


def happenings(entries: list[AuditEntry], interview: Interview, *, with_requests: bool) -> list[Happening]:
    """The entries that have words here, in their order."""
    words = {**WORDS, **(TALKING if interview.kind == InterviewKind.LIVE else {})}
    words |= REQUESTS if with_requests else {}
    return [Happening(entry, words[entry.verb]) for entry in entries if entry.verb in words]


def reviewing(entries: list[AuditEntry]) -> list[Happening]:
    """The entries about reviewing and deciding, in their order."""
    return [Happening(entry, REVIEWING[entry.verb]) for entry in entries if entry.verb in REVIEWING]
