"""What the organization promised to delete, deleted: recordings first, then ratings and notes, counted in days."""

import datetime as dt

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from bothways.accounts.actions import audit
from bothways.accounts.actors import system_actor
from bothways.accounts.models import Organization
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.models import (
    CandidateSettings,
    Interview,
    InterviewState,
    NoteToReviewers,
    Request,
    Take,
    WrittenAnswer,
)
from bothways.review.actions.summaries import summarize
from bothways.review.models import (
    Assignment,
    Comment,
    Outcome,
    PinnedNote,
    Reconciliation,
    Scorecard,
    Share,
    SharedInterview,
    Shortlisted,
    ThreadRead,
)


def erase_due(now: dt.datetime | None = None) -> int:
    """Delete what every organization's profile says is over. Returns how many rows went.

    The clock runs from the final decision that stands; where it was taken back, it waits for the next one. Answers
    that were never sent have none: theirs runs from the deadline.
    """
    now = now or timezone.now()
    count = 0
    for organization in Organization.objects.all():
        profile = RETENTION_PROFILES[organization.retention_profile]
        for interview in _held_since(organization, now - dt.timedelta(days=profile.recording_days)):
            count += erase_answers(interview)
        for interview in _held_since(organization, now - dt.timedelta(days=profile.records_days)):
            count += _erase_scorecards(interview)
        _erase_quotes(organization)
    return count


def over_since(organization: Organization, moment: dt.datetime) -> QuerySet[Interview]:
    """Interviews whose clock began before this moment: decided for good, or expired without anything to decide."""
    final = Q(decisions__outcome__in=[Outcome.ADVANCE, Outcome.DECLINE], decisions__reversed_at=None)
    return (
        Interview.objects.filter(organization=organization, is_preview=False)
        .annotate(decided_at=Max("decisions__created_at", filter=final))
        .filter(Q(decided_at__lt=moment) | Q(state=InterviewState.EXPIRED, decided_at=None, deadline__lt=moment))
        .select_related("organization")
        .order_by(F("decided_at").asc(nulls_last=True))
    )


def _held_since(organization: Organization, moment: dt.datetime) -> QuerySet[Interview]:
    """Those of which something is still here."""
    held = (
        Exists(Take.objects.filter(answer__interview=OuterRef("pk")))
        | Exists(WrittenAnswer.objects.filter(answer__interview=OuterRef("pk")))
        | Exists(NoteToReviewers.objects.filter(interview=OuterRef("pk")))
        | Exists(CandidateSettings.objects.filter(interview=OuterRef("pk")))
        | Exists(Scorecard.objects.filter(interview=OuterRef("pk")))
        | Exists(Comment.objects.filter(interview=OuterRef("pk")))
        | Exists(SharedInterview.objects.filter(interview=OuterRef("pk")))
        | Exists(Request.objects.filter(interview=OuterRef("pk")).exclude(words="", phone="", message=""))
    )
    return over_since(organization, moment).filter(held)


def _erase_scorecards(interview: Interview) -> int:
    scorecards = Scorecard.objects.filter(interview=interview)
    count = scorecards.count()
    if count:
        audit.record(
            organization=interview.organization,
            actor=system_actor(interview.organization_id),
            verb="scorecards.erased",
            thing=interview,
            detail={"scorecards": count},
        )
        scorecards.delete()
        summarize(interview)
    Assignment.objects.filter(interview=interview).delete()
    Comment.objects.filter(interview=interview).delete()
    ThreadRead.objects.filter(interview=interview).delete()
    Reconciliation.objects.filter(interview=interview).delete()
    Shortlisted.objects.filter(interview=interview).delete()
    SharedInterview.objects.filter(interview=interview).delete()
    Share.objects.filter(organization=interview.organization, shared=None).delete()
    return count


def _erase_quotes(organization: Organization) -> None:
    """Of who took part no more everything they gave goes with the recordings, their words in others' notes as well."""
    withdrawn = PinnedNote.objects.filter(
        organization=organization, recording=None, scorecard__interview__state=InterviewState.WITHDRAWN
    )
    withdrawn.exclude(quote="").update(quote="", quote_start_ms=None, quote_end_ms=None)
