"""Reading the library and what its questions look for."""

from django.db.models import Q, QuerySet

from bothways.accounts.models import Organization
from bothways.kits.models import Competency, LibraryQuestion


def kept_questions(organization: Organization, search: str = "") -> QuerySet[LibraryQuestion]:
    """The kept questions, the newest first; with `search`, those that have every word of it in them."""
    found = (
        LibraryQuestion.objects.filter(organization=organization)
        .select_related("asker__user", "competency", "prompt", "captions__reviewed_by__user", "sign")
        .prefetch_related("prompt__renditions", "sign__renditions")
    )
    for word in search.split():
        found = found.filter(Q(text__icontains=word) | Q(competency__name__icontains=word))
    return found.order_by("-created_at", "-id")


def competency_names(organization: Organization) -> QuerySet[Competency, str]:
    """What has been looked for so far, by name."""
    return Competency.objects.filter(organization=organization).order_by("name").values_list("name", flat=True)
