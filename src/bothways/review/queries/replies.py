"""The reply that a candidate got."""

import datetime as dt
from dataclasses import dataclass

from bothways.interviews.models import Interview
from bothways.review.models import Decision, Outcome


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person wrote to the candidate. `outcome` is "advance" or "decline"; `body` has plain paragraphs.

    From `decided_at` on the days are counted after which recordings go.
    """

    outcome: str
    subject: str
    body: str
    by_name: str
    by_title: str
    at: dt.datetime
    decided_at: dt.datetime

    @property
    def is_advance(self) -> bool:
        return self.outcome == Outcome.ADVANCE


def reply_to(interview: Interview) -> Reply | None:
    """The reply to this interview's candidate, or None while there is none. One query."""
    decision = (
        Decision.objects.filter(interview=interview, replied_at__isnull=False)
        .select_related("decided_by__user")
        .order_by("-created_at")
        .first()
    )
    if decision is None:
        return None
    return Reply(
        outcome=decision.outcome,
        subject=decision.reply_subject,
        body=decision.reply_body,
        by_name=decision.decided_by.user.name,
        by_title=decision.decided_by.title,
        at=decision.replied_at,
        decided_at=decision.created_at,
    )
