"""Reading the steps of positions."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from bothways.accounts.models import Member, Organization, Role
from bothways.positions.models import Application, Position, Stage, StageReviewer

RATING_ROLES = (Role.OWNER, Role.RECRUITER, Role.REVIEWER)


def is_in_use(stage: Stage) -> bool:
    """Whether anybody is in this step or has come past it."""
    return Application.objects.filter(position_id=stage.position_id, stage__place__gte=stage.place).exists()


def with_reviewers() -> Prefetch:
    """The reviewers of a stage with their names, in the order in which they were named."""
    return Prefetch("reviewers", StageReviewer.objects.select_related("member__user").order_by("created_at", "id"))


def stages_of(position: Position) -> QuerySet[Stage]:
    """The steps in their order, with kit and reviewers."""
    return (
        Stage.objects.filter(position=position)
        .select_related("kit", "position")
        .prefetch_related(with_reviewers())
        .order_by("place")
    )


def stages_with_kit(organization: Organization, kit_ids: Iterable[UUID]) -> QuerySet[Stage]:
    """Where these kits are used."""
    return (
        Stage.objects.filter(organization=organization, kit_id__in=kit_ids)
        .select_related("position__replies_by__user")
        .order_by("position__title", "place")
    )


def possible_reviewers(organization: Organization) -> QuerySet[Member]:
    """The members who may watch and rate, by name."""
    return (
        Member.objects.filter(organization=organization, is_active=True, role__in=RATING_ROLES)
        .select_related("user")
        .order_by("user__name", "id")
    )
