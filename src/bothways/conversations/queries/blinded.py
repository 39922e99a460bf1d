"""Who still has to rate the person who asks, and so must not learn what they ask: a question can tell who it is."""

import uuid

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from bothways.conversations.models import Inquiry
from bothways.interviews.models import Interview
from bothways.positions.models import StageReviewer
from bothways.review.models import Decision, Outcome, Scorecard
from bothways.review.queries.identity import finally_decided


def marked(inquiries: QuerySet[Inquiry], member_id: uuid.UUID | None) -> QuerySet[Inquiry]:
    """Add `is_blinded`: this member rates in the step, and neither their scorecard nor a final decision is there.

    In steps that are not blind, too: what counts there are the answers that everybody gives.
    """
    rates = StageReviewer.objects.filter(stage=OuterRef("interview__stage"), member=member_id)
    handed_in = Scorecard.objects.filter(interview=OuterRef("interview"), member=member_id, submitted_at__isnull=False)
    still_rates = Q(Exists(rates)) & ~Q(Exists(handed_in)) & ~Q(finally_decided("interview"))
    return inquiries.annotate(is_blinded=Case(When(still_rates, then=Value(True)), default=Value(False)))


def is_blinded(member_id: uuid.UUID | None, inquiry: Inquiry) -> bool:
    """One query."""
    return marked(Inquiry.objects.filter(id=inquiry.id), member_id).filter(is_blinded=True).exists()


def blinded_members(interview: Interview) -> set[uuid.UUID]:
    """Those who still have to rate this person. At most three queries."""
    if Decision.objects.filter(interview=interview, reversed_at=None).exclude(outcome=Outcome.HOLD).exists():
        return set()
    rates = StageReviewer.objects.filter(stage=interview.stage_id).values_list("member_id", flat=True)
    handed_in = Scorecard.objects.filter(interview=interview, submitted_at__isnull=False)
    return set(rates) - set(handed_in.values_list("member_id", flat=True))
