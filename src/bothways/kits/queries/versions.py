"""Which version of a kit is in force, being written, or was before."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from bothways.kits.models import Kit, KitVersion, KitVersionState, Question

USABLE = (KitVersionState.PUBLISHED, KitVersionState.FROZEN)


def current_version(kit: Kit) -> KitVersion | None:
    """What new invitations to a stage with this kit use: the latest published or frozen version."""
    return KitVersion.objects.filter(kit=kit, state__in=USABLE).order_by("-number").first()


def draft_of(kit: Kit) -> KitVersion | None:
    """The version being written, if there is one."""
    return KitVersion.objects.filter(kit=kit, state=KitVersionState.DRAFT).first()


def version_to_show(kit: Kit, number: int | None = None) -> KitVersion | None:
    """A version of the kit with everything its page tells: the numbered one, else the draft, else the latest."""
    versions = KitVersion.objects.filter(kit=kit).select_related(
        "welcome_by__user", "welcome_prompt", "welcome_captions__reviewed_by__user", "welcome_sign"
    )
    if number is not None:
        versions = versions.filter(number=number)
    return versions.order_by("-number").first()


def versions_of(kit: Kit) -> QuerySet[KitVersion]:
    """All versions, the newest first."""
    return KitVersion.objects.filter(kit=kit).order_by("-number")


def usable_versions(kit_ids: Iterable[UUID]) -> dict[UUID, KitVersion]:
    """For each of the kits that invitations can use: the version they would use. One query."""
    found = KitVersion.objects.filter(kit_id__in=kit_ids, state__in=USABLE).order_by("number")
    return {version.kit_id: version for version in found.annotate(question_count=Count("questions"))}


def questions_of(version: KitVersion) -> QuerySet[Question]:
    """The questions in their order, with who asks, what is looked for, and what was recorded with its files."""
    return (
        Question.objects.filter(kit_version=version)
        .select_related("asker__user", "competency", "prompt", "captions__reviewed_by__user", "sign")
        .prefetch_related("prompt__renditions", "sign__renditions")
        .order_by("place")
    )
