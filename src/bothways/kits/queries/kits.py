"""Reading the kits of an organization."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from bothways.accounts.models import Organization
from bothways.kits.models import Kit, KitVersion, KitVersionState
from bothways.kits.queries.versions import USABLE


@dataclass(frozen=True, slots=True)
class KitLine:
    """One kit in a list: the version that invitations use, and the one being written. At least one is there."""

    kit: Kit
    current: KitVersion | None
    draft: KitVersion | None

    @property
    def question_count(self) -> int:
        shown = self.current or self.draft
        return shown.question_count if shown else 0  # type: ignore[attr-defined]


def kits_of(organization: Organization) -> QuerySet[Kit]:
    """All kits, by name."""
    return Kit.objects.filter(organization=organization).order_by("name", "id")


def kit_lines(organization: Organization) -> list[KitLine]:
    """All kits with their versions in force, by name. Two queries, however many kits."""
    current: dict = {}
    draft: dict = {}
    versions = KitVersion.objects.filter(organization=organization).annotate(question_count=Count("questions"))
    for version in versions.order_by("number"):
        if version.state in USABLE:
            current[version.kit_id] = version
        elif version.state == KitVersionState.DRAFT:
            draft[version.kit_id] = version
    return [KitLine(kit, current.get(kit.id), draft.get(kit.id)) for kit in kits_of(organization)]
