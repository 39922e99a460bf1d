"""What happened to one interview, which mails went out about it, and which links open it."""

from collections.abc import Iterable

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import AccessToken, Interview
from bothways.notify.models import Message

MOST = 200


def history(interview: Interview, others: Iterable[Model] = ()) -> QuerySet[AuditEntry]:
    """The entries of the audit log about the interview, and about `others` that belong to it, the newest first."""
    about = Q()
    for thing in (interview, *others):
        about |= Q(thing_kind=thing._meta.label_lower, thing_id=str(thing.pk))
    entries = AuditEntry.objects.filter(about, organization=interview.organization_id)
    return entries.order_by("-sequence")[:MOST]


def letters(interview: Interview) -> QuerySet[Message]:
    """The mails about the interview, the newest first, without their bodies."""
    about = Message.objects.filter(
        organization=interview.organization_id, about_kind=interview._meta.label_lower, about_id=str(interview.id)
    )
    return about.defer("body_text", "body_html", "sealed_links").order_by("-created_at", "-id")[:MOST]


def links(interview: Interview) -> QuerySet[AccessToken]:
    """The links that open the interview now, the newest first. What they are nobody knows: only digests are kept."""
    now = timezone.now()
    open_ = AccessToken.objects.filter(interview=interview, revoked_at=None, expires_at__gt=now)
    return open_.order_by("-created_at", "-id")[:MOST]
