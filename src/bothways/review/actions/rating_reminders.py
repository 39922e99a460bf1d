"""Reminding raters: one mail that says how many wait, on the last working day before and once it is overdue."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from bothways.accounts.models import Member, Organization
from bothways.lib.working_days import working_days_between
from bothways.notify.actions.messages import send_message
from bothways.positions.models import StageReviewer
from bothways.review.models import RatingReminder, ReminderKind
from bothways.review.queries.inbox import waiting

MORNING = dt.time(8, 0)
"""Reminders wait for the morning of the organization: they are read then, and nobody is woken."""

LONGEST_AGO = dt.timedelta(days=14)
"""What has been overdue for longer is on the work list and no news."""


def remind_raters() -> int:
    """Send every reminder that is due now. Returns how many mails went out."""
    sent = 0
    for organization in Organization.objects.all():
        now = timezone.now().astimezone(ZoneInfo(organization.time_zone))
        if now.time() < MORNING or not working_days_between(
            now.date() - dt.timedelta(days=1), now.date(), organization.country
        ):
            continue
        raters = StageReviewer.objects.filter(organization=organization, member__is_active=True).values("member")
        for member in Member.objects.filter(id__in=raters, is_active=True).select_related("user", "organization"):
            sent += remind_rater(member=member, today=now.date())
    return sent


@transaction.atomic
def remind_rater(*, member: Member, today: dt.date) -> bool:
    """One mail about everything of which this member was not reminded before; none when there is nothing new."""
    days = _days(member, today)
    if not days:
        return False
    Member.objects.select_for_update().get(id=member.id)
    told = set(RatingReminder.objects.filter(member=member).values_list("due_on", "kind"))
    new = {(day, _kind(day, today)): many for day, many in days.items() if (day, _kind(day, today)) not in told}
    if not new:
        return False
    RatingReminder.objects.bulk_create(
        RatingReminder(organization=member.organization, member=member, due_on=day, kind=kind) for day, kind in new
    )
    soon = [day for day, kind in new if kind == ReminderKind.SOON]
    send_message(
        organization=member.organization,
        kind="review.ratings_due",
        to_email=member.user.email,
        to_name=member.user.name,
        language=member.user.language,
        context={
            "soon": sum(many for (_day, kind), many in new.items() if kind == ReminderKind.SOON),
            "soon_by": min(soon, default=None),
            "overdue": sum(many for (_day, kind), many in new.items() if kind == ReminderKind.OVERDUE),
            "page": settings.BASE_URL + reverse("team:review-list", args=[member.organization.slug]),
        },
        about=member,
    )
    return True


def _days(member: Member, today: dt.date) -> Counter[dt.date]:
    """How many interviews wait for this member by the day they are due: overdue, or due by the next working day."""
    rows = waiting(member).filter(due_on__gte=today - LONGEST_AGO).order_by().values_list("due_on", flat=True)
    country = member.organization.country
    return Counter(day for day in rows if day < today or working_days_between(today, day, country) <= 1)


def _kind(due_on: dt.date, today: dt.date) -> ReminderKind:
    return ReminderKind.OVERDUE if due_on < today else ReminderKind.SOON
