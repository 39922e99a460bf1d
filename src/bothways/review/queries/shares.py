"""Finding shares, and which interviews a guest who opened one may see."""

import uuid

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from bothways.accounts.models import Organization, Role
from bothways.interviews.models import Answer, Interview, InterviewState
from bothways.lib.person_text import first_name
from bothways.lib.tokens import digest
from bothways.positions.models import Stage
from bothways.review.models import NameShown, Share, SharedInterview
from bothways.review.queries.identity import hides_picture_from_all, with_shown_name

PAGE_SIZE = 50


def share_of_token(token: str) -> Share | None:
    """The share with this token, live or over. One query."""
    shares = Share.objects.select_related("organization", "made_by__user", "stage__position")
    return shares.filter(token_digest=digest(token)).first()


def is_alive(share: Share) -> bool:
    """Whether it still shows anything to whoever has opened it. One query."""
    return _alive().filter(id=share.id).exists()


def opened_share(share_id: uuid.UUID) -> Share | None:
    """A live share that somebody has opened. One query."""
    return _alive().filter(id=share_id, views__gt=0).first()


def can_be_opened() -> QuerySet[Share]:
    """Live shares that have a view left."""
    return _alive().filter(views__lt=F("most_views"))


def live_shares(interview: Interview) -> list[Share]:
    """Those that still show something of an interview, the newest first. One query."""
    shown = open_rows().filter(interview=interview, organization=interview.organization_id)
    found = _alive().filter(Exists(shown.filter(share=OuterRef("pk"))))
    return list(with_state(found).select_related("made_by__user").order_by("-created_at", "-id"))


def shares_of(organization: Organization, stage: Stage | None = None) -> QuerySet[Share]:
    """All that were made, over ones too, the newest first, each with its `state`."""
    found = Share.objects.filter(organization=organization)
    if stage is not None:
        found = found.filter(stage=stage)
    return with_state(found).select_related("made_by__user", "stage__position").order_by("-id")


def with_state(shares: QuerySet[Share]) -> QuerySet[Share]:
    """Add `state`: open, used_up (no view is left), expired, revoked, or ended (nothing is there to be shown, or who
    made it may no longer)."""
    return shares.annotate(
        state=Case(
            When(~Q(revoked_at=None), then=Value("revoked")),
            When(expires_at__lte=timezone.now(), then=Value("expired")),
            When(~Q(Exists(_alive().filter(id=OuterRef("pk")))), then=Value("ended")),
            When(views__gte=F("most_views"), then=Value("used_up")),
            default=Value("open"),
            output_field=CharField(),
        )
    )


def open_rows() -> QuerySet[SharedInterview]:
    """What shares show now: neither taken out of them nor taken back by the candidate."""
    return SharedInterview.objects.filter(closed_at=None, interview__state=InterviewState.SUBMITTED)


def rows_of_share(share: Share, member_id: uuid.UUID) -> list[SharedInterview]:
    """All that a share shows or has shown, each with `shown_name`, what this member may read. Two queries."""
    rows = list(share.shared.order_by("id"))
    own = Interview.objects.filter(id__in=[row.interview_id for row in rows], organization=share.organization_id)
    names = dict(with_shown_name(own, member_id, after_decision=True).values_list("id", "shown_name"))
    for row in rows:
        row.shown_name = names[row.interview_id]
    return rows


def shown_interviews(share: Share) -> list[SharedInterview]:
    """What a guest may open, in the order of the code names. One query."""
    rows = open_rows().filter(share=share, organization=share.organization_id)
    related = rows.select_related("interview__application__candidate", "interview__stage")
    return sorted(related, key=lambda row: (row.interview.code_name, row.id))


def name_for_guest(share: Share, interview: Interview) -> str:
    """What stands in place of the name, on every page and in every list of the guest."""
    if share.name_shown == NameShown.WHOLE:
        return interview.application.candidate.name
    if share.name_shown == NameShown.FIRST:
        return first_name(interview.application.candidate.name)
    return interview.code_name


def _alive() -> QuerySet[Share]:
    """Whoever shared must still be one who may: a share does not outlive the right to make it."""
    return Share.objects.filter(
        Exists(open_rows().filter(share=OuterRef("pk"))),
        revoked_at=None,
        expires_at__gt=timezone.now(),
        made_by__is_active=True,
        made_by__user__is_active=True,
        made_by__role__in=(Role.OWNER, Role.RECRUITER),
    )


def is_picture_shared(share: Share, answer: Answer) -> bool:
    """Where raters only hear, guests see a face only if they read the whole name, too. No query."""
    return share.name_shown == NameShown.WHOLE or not hides_picture_from_all(answer)
