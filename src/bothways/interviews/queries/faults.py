"""Technical faults for those who run the server and those who recruit. Nothing here may reach a rater's page."""

from dataclasses import dataclass

from django.db.models import Q

from bothways.accounts.models import Organization
from bothways.interviews.models import Fault
from bothways.interviews.queries.people import Cursor

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class FaultsPage:
    """`older` is where the next page begins, None on the last one."""

    faults: list[Fault]
    older: Cursor | None


def faults_page(organization: Organization, *, before: Cursor | None = None, size: int = PAGE_SIZE) -> FaultsPage:
    """The newest, or those behind `before`, with their interviews. One query."""
    found = Fault.objects.filter(organization=organization).select_related("interview", "take")
    if before is not None:
        found = found.filter(Q(created_at__lt=before.moment) | Q(created_at=before.moment, id__lt=before.id))
    rows = list(found.order_by("-created_at", "-id")[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return FaultsPage(rows[:size], Cursor(last.created_at, last.id) if last else None)
