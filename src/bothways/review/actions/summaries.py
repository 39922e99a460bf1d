"""Keeping what the scorecards of an interview come to."""

import uuid
from collections.abc import Callable

from django.db import transaction

from bothways.interviews.models import Interview
from bothways.review.combination import combine, wants_third
from bothways.review.models import Outcome, Rating, Reconciliation, Scorecard, Summary, SummaryCell
from bothways.review.queries.asked import asked_of
from bothways.review.queries.rating_changes import current_value


@transaction.atomic
def summarize(interview: Interview) -> Summary | None:
    """Make the summary anew from what is handed in now; None, and no row, while nothing is. Doing it again changes
    nothing.

    Whatever changes a handed-in scorecard calls this in the same transaction.
    """
    Interview.objects.select_for_update().get(id=interview.id)
    handed_in = Scorecard.objects.filter(interview=interview, submitted_at__isnull=False)
    recommended = list(handed_in.values_list("recommendation", flat=True))
    if not recommended:
        Summary.objects.filter(interview=interview).delete()
        return None
    asked = asked_of(interview.kit_version.questions.all())
    ratings = list(
        Rating.objects.filter(scorecard__in=handed_in).select_related("question").prefetch_related("changes")
    )
    combined = combine(asked, _given(ratings, current_value))
    # A change after handing in knows of the others' ratings, so it makes no agreement and no disagreement.
    first_spread = combine(asked, _given(ratings, lambda rating: rating.value)).spread
    changed = {rating.question.place for rating in ratings if rating.changes.all()}
    summary, _is_new = Summary.objects.update_or_create(
        organization_id=interview.organization_id,
        interview=interview,
        defaults={
            "mean": combined.mean,
            "lowest": combined.lowest,
            "highest": combined.highest,
            "competencies": combined.competencies,
            "raters": len(recommended),
            "first_spread": first_spread,
            "advances": recommended.count(Outcome.ADVANCE),
            "holds": recommended.count(Outcome.HOLD),
            "declines": recommended.count(Outcome.DECLINE),
            "needs_third": wants_third(len(recommended), first_spread, recommended)
            and not Reconciliation.objects.filter(interview=interview).exists(),
        },
    )
    summary.cells.all().delete()
    SummaryCell.objects.bulk_create(
        SummaryCell(
            organization_id=interview.organization_id,
            summary=summary,
            place=place,
            mean=figures.mean,
            raters=figures.raters,
            spread=figures.spread,
            is_changed=not changed.isdisjoint(figures.places),
        )
        for place, figures in combined.columns.items()
    )
    return summary


def _given(ratings: list[Rating], value_of: Callable[[Rating], int | None]) -> list[tuple[uuid.UUID, int, int]]:
    values = ((rating.scorecard_id, rating.question.place, value_of(rating)) for rating in ratings)
    return [(rater, place, value) for rater, place, value in values if value is not None]
