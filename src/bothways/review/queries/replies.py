"""The reply that a candidate got."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.notify.models import MessageState
from bothways.review.models import Decision, Outcome, Reversal

CAN_BE_STOPPED = dt.timedelta(minutes=10)
"""How long a letter that waits for a busy or silent mail server stays off the candidate's page."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person wrote to the candidate. `outcome` is "advance" or "decline", or empty where a decision was taken
    back and the next one is still open; `body` has plain paragraphs.

    From `decided_at` on the days are counted after which recordings go; None while it is open.
    """

    outcome: str
    subject: str
    body: str
    by_name: str
    by_title: str
    at: dt.datetime
    decided_at: dt.datetime | None

    @property
    def is_advance(self) -> bool:
        return self.outcome == Outcome.ADVANCE


def reply_to(interview: Interview) -> Reply | None:
    """The last that this interview's candidate was told, or None while it is nothing. One query.

    While a letter can still be stopped it does not stand on the page either, so that nobody reads what was taken back.
    """
    told = list(
        Decision.objects.filter(interview=interview, replied_at__isnull=False)
        .exclude(can_still_be_stopped())
        .select_related("decided_by__user", "reversal__reversed_by__user")
        .order_by("-created_at", "-id")
    )
    standing = next((decision for decision in told if decision.reversed_at is None), None)
    if standing is not None:
        return _letter(standing)
    changes = (decision.reversal for decision in told if decision.reversed_at)
    return next((_change(reversal) for reversal in changes if reversal.replied_at), None)


def can_still_be_stopped(now: dt.datetime | None = None) -> Q:
    """Of a decision: its letter waits to be sent for the first time, and not for long. (Whether it was tried meanwhile,
    `stop_message` knows.)"""
    since = (now or timezone.now()) - CAN_BE_STOPPED
    return Q(message__state=MessageState.WAITING, message__created_at__gt=since)


def _letter(decision: Decision) -> Reply:
    return Reply(
        outcome=decision.outcome,
        subject=decision.reply_subject,
        body=decision.reply_body,
        by_name=decision.decided_by.user.name,
        by_title=decision.decided_by.title,
        at=decision.replied_at,
        decided_at=decision.created_at,
    )


def _change(reversal: Reversal) -> Reply:
    """The letter that took a decision back."""
    return Reply(
        outcome="",
        subject=reversal.reply_subject,
        body=reversal.reply_body,
        by_name=reversal.reversed_by.user.name,
        by_title=reversal.reversed_by.title,
        at=reversal.replied_at,
        decided_at=None,
    )
