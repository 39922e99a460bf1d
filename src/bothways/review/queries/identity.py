"""Code names and names. In a blind stage the name does not leave the database until somebody asked to see it."""

import uuid

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from bothways.interviews.models import Interview
from bothways.review.models import Decision, Outcome, Reveal


def with_shown_name(
    interviews: QuerySet[Interview], member_id: uuid.UUID | None, *, after_decision: bool = False
) -> QuerySet[Interview]:
    """Add `shown_name`, what this member may read of who it is, and `name_hidden`.

    Hidden means: the stage is blind and this member has not revealed the name. With `after_decision` a candidate who
    has been declined or advanced is shown by name, too.
    """
    hidden = name_is_hidden(member_id)
    if after_decision:
        hidden &= ~Q(Exists(final_decisions()))
    return interviews.annotate(
        name_hidden=Case(When(hidden, then=Value(True)), default=Value(False)),
        shown_name=Case(
            When(name_hidden=True, then=F("code_name")),
            default=F("application__candidate__name"),
            output_field=CharField(),
        ),
    )


def name_is_hidden(member_id: uuid.UUID | None) -> Q:
    """Of an interview: the stage is blind, and this member has not revealed the name."""
    return Q(stage__is_blind=True) & ~Q(Exists(Reveal.objects.filter(interview=OuterRef("pk"), member=member_id)))


def final_decisions(of: str = "pk") -> QuerySet[Decision]:
    """The decision that ended the interview of the outer query: to advance or to decline, and not taken back. `of`
    names its column there."""
    return Decision.objects.filter(interview=OuterRef(of), reversed_at=None).exclude(outcome=Outcome.HOLD)
