"""Questions of candidates whose day has passed: their owner is reminded, then who leads the owner, once each."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from bothways.accounts.actors import system_actor
from bothways.accounts.models import Member, Organization
from bothways.conversations.actions.entries import log
from bothways.conversations.models import Inquiry, InquiryReminder
from bothways.conversations.queries.inquiries import all_open, owner_for
from bothways.conversations.queries.overdue import (
    LEAD_AFTER,
    OWNER_AFTER,
    organizations_with_overdue,
    to_remind_of,
)
from bothways.conversations.queries.promises import leads_of
from bothways.interviews.queries.requests import OWNING_ROLES
from bothways.lib.zones import is_morning
from bothways.notify.actions.messages import send_message


def watch_inquiries() -> None:
    """Every reminder that is due by the clock: in the morning of each organization, and never twice."""
    now = timezone.now()
    for organization in organizations_with_overdue(now):
        if is_morning(organization.time_zone, now):
            for days_after in (OWNER_AFTER, LEAD_AFTER):
                remind_of_overdue(
                    organization=organization,
                    inquiries=to_remind_of(organization, days_after),
                    days_after=days_after,
                )


@transaction.atomic
def remind_of_overdue(*, organization: Organization, inquiries: Collection[uuid.UUID], days_after: int) -> int:
    """One mail for each owner about all of theirs, to them or, `LEAD_AFTER` days on, to who leads them.

    Returns of how many questions it reminded; 0 when another worker was first, or all are answered.
    """
    # Locked before looking again, so that of two workers the second sees what the first has done.
    list(Inquiry.objects.select_for_update().filter(id__in=inquiries).order_by("id"))
    told = InquiryReminder.objects.filter(inquiry=OuterRef("pk"), days_after=days_after)
    related = ("organization", "owner__user", "owner__lead__user", "interview__organization", "interview__position")
    waiting = list(all_open().filter(~Exists(told), id__in=inquiries).select_related(*related).order_by("due", "id"))
    InquiryReminder.objects.bulk_create(
        InquiryReminder(organization=organization, inquiry=inquiry, days_after=days_after) for inquiry in waiting
    )
    by_owner: dict[Member, list[Inquiry]] = defaultdict(list)
    for inquiry in waiting:
        by_owner[_able_owner(inquiry)].append(inquiry)
    for owner, theirs in by_owner.items():
        for member in [owner] if days_after == OWNER_AFTER else leads_of(owner):
            _tell(member, owner, theirs)
    return len(waiting)


def _able_owner(inquiry: Inquiry) -> Member:
    """Who owes the answer; whoever left, or only rates now, is replaced first."""
    owner = inquiry.owner
    if owner.is_active and owner.user.is_active and owner.role in OWNING_ROLES:
        return owner
    inquiry.owner = owner_for(inquiry.interview)
    inquiry.save(update_fields=["owner"])
    actor = system_actor(inquiry.organization_id)
    detail = {"from": owner.id, "to": inquiry.owner_id}
    log(actor, inquiry.interview, "inquiry.handed_over", inquiry=inquiry.id, **detail)
    return inquiry.owner


def _tell(member: Member, owner: Member, inquiries: Sequence[Inquiry]) -> None:
    """Numbers and days only: who asks, and what, stands behind the link, for those who may know."""
    own = "?mine=1" if member.id == owner.id else ""
    path = reverse("team:inquiries-list", args=[member.organization.slug])
    send_message(
        organization=member.organization,
        kind="conversations.inquiry_overdue",
        to_email=member.user.email,
        to_name=member.user.name,
        language=member.user.language,
        context={
            "questions": len(inquiries),
            "day": inquiries[0].due,
            "owner": owner.user.name,
            "page": f"{settings.BASE_URL}{path}{own}" if member.role in OWNING_ROLES else "",
        },
        about=inquiries[0],
    )
