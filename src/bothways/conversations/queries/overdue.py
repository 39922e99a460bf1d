"""Inquiries whose day has passed without an answer, and who has been reminded of them."""

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, QuerySet

from bothways.accounts.models import Organization
from bothways.conversations.models import InquiryReminder
from bothways.conversations.queries.inquiries import all_open
from bothways.interviews.queries.requests import local_day
from bothways.lib.working_days import working_days_between

OWNER_AFTER = 1
LEAD_AFTER = 2
"""Working days after the day of the answer: the first morning is its owner's, the second that of who leads them."""

AT_ONCE = 200


def organizations_with_overdue(now: dt.datetime) -> QuerySet[Organization]:
    """Those in which a day has passed, or is about to in the east. One query."""
    passed = all_open().filter(organization=OuterRef("pk"), due__lte=now.date())
    return Organization.objects.filter(Exists(passed)).order_by("id")


def to_remind_of(organization: Organization, days_after: int, now: dt.datetime | None = None) -> list[uuid.UUID]:
    """Those that so many working days have passed over, and of which nobody was reminded as late. One query."""
    today = local_day(organization, now)
    told = InquiryReminder.objects.filter(inquiry=OuterRef("pk"), days_after=days_after)
    rows = all_open().filter(~Exists(told), organization=organization, due__lt=today).order_by("due", "id")
    return [
        inquiry_id
        for inquiry_id, due in rows.values_list("id", "due")[:AT_ONCE]
        if working_days_between(due, today, organization.country) >= days_after
    ]
