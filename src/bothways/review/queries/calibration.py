"""Who has calibrated, for how long it holds, and which interviews wait until then.

A member who rates in a stage with calibration is kept from interviews there until they have passed for its kit. What
they have begun they may always finish.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.positions.models import Stage
from bothways.review.calibration import HOLDS_ANSWERS
from bothways.review.models import CalibrationPass, CalibrationRun, GoldAnswer, GoldRating, Rating, Scorecard
from bothways.review.queries.raters import begun_by, is_rater
from bothways.review.queries.scorecards import RATED

FEW_ANSWERS = 10
FEW_DAYS = 7
"""From here on a member is told that calibration ends soon."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's newest pass for a kit. `answers_left` and `days_left` are 0 when it holds no more."""

    passed_at: dt.datetime
    valid_until: dt.datetime
    answers_left: int
    days_left: int
    let_in_by: Member | None
    reason: str

    @property
    def holds(self) -> bool:
        return self.answers_left > 0 and self.days_left > 0

    @property
    def ends_soon(self) -> bool:
        return self.holds and (self.answers_left <= FEW_ANSWERS or self.days_left <= FEW_DAYS)


@dataclass(frozen=True, slots=True)
class Gate:
    """A stage in which this member calibrates first, and where they stand."""

    stage: Stage
    standing: Standing | None

    @property
    def is_closed(self) -> bool:
        return self.standing is None or not self.standing.holds


def not_held_back(member: Actor | Member) -> Q:
    """Of interviews, those that calibration does not keep from this member."""
    closed = Stage.objects.filter(calibration=True, reviewers__member=member.id).exclude(
        Exists(_passes_now().filter(member=member.id, kit=OuterRef("kit")))
    )
    return ~Q(stage__in=closed.values("id")) | Q(begun_by(member))


def is_held_back(actor: Actor, interview: Interview) -> bool:
    """As `not_held_back` says of many. No query where the stage is there already and asks for no calibration."""
    stage = interview.stage
    if stage is None or not stage.calibration or not is_rater(actor, stage.id):
        return False
    return (
        not _passes_now().filter(member=actor.id, kit=stage.kit_id).exists()
        and not Scorecard.objects.filter(interview=interview, member=actor.id).exists()
    )


def gates(member: Actor | Member) -> list[Gate]:
    """The stages with calibration where this member rates. Two queries, one where there are none."""
    stages = Stage.objects.filter(
        organization=member.organization_id, calibration=True, reviewers__member=member.id
    ).select_related("position")
    found = list(stages.order_by("id"))
    if not found:
        return []
    passes = CalibrationPass.objects.filter(member=member.id, kit__in={stage.kit_id for stage in found})
    standing = {one.kit_id: _standing(one) for one in _oldest_first(passes)}
    return [Gate(stage, standing.get(stage.kit_id)) for stage in found]


def gate_of(member: Actor | Member, stage: Stage) -> Gate:
    return Gate(stage, standings(stage.kit_id, [member.id]).get(member.id))


def standings(kit_id: uuid.UUID | None, members: Iterable[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    """Where each of these members stands with a kit; who never passed is not in it. One query."""
    passes = CalibrationPass.objects.filter(kit=kit_id, member__in=members)
    return {one.member_id: _standing(one) for one in _oldest_first(passes)}


def own_runs(member_id: uuid.UUID, kit_id: uuid.UUID | None) -> QuerySet[CalibrationRun]:
    """A member's runs of a kit, the newest first."""
    return CalibrationRun.objects.filter(member=member_id, kit=kit_id).order_by("-created_at", "-id")


def open_run(member_id: uuid.UUID, kit_id: uuid.UUID | None) -> CalibrationRun | None:
    return own_runs(member_id, kit_id).filter(finished_at=None).first()


def pool(member_id: uuid.UUID, ready: QuerySet[GoldAnswer]) -> tuple[list[GoldAnswer], list[GoldAnswer]]:
    """The gold answers that a run of this member may take: those they never met, and those they have. Never their own.

    One query.
    """
    met = GoldRating.objects.filter(gold=OuterRef("pk"), run__member=member_id, locked_at__isnull=False)
    found = list(ready.exclude(made_by=member_id).annotate(is_met=Exists(met)).order_by("id"))
    return [gold for gold in found if not gold.is_met], [gold for gold in found if gold.is_met]


def _oldest_first(passes: QuerySet[CalibrationPass]) -> QuerySet[CalibrationPass]:
    return _counted(passes).select_related("let_in_by__user").order_by("passed_at", "id")


def _standing(one: CalibrationPass) -> Standing:
    return Standing(
        passed_at=one.passed_at,
        valid_until=one.valid_until,
        answers_left=max(0, HOLDS_ANSWERS - one.rated),
        days_left=max(0, -((timezone.now() - one.valid_until) // dt.timedelta(days=1))),
        let_in_by=one.let_in_by,
        reason=one.reason,
    )


def _passes_now() -> QuerySet[CalibrationPass]:
    """Passes that are neither too old nor used up."""
    return _counted(CalibrationPass.objects.filter(valid_until__gt=timezone.now())).filter(rated__lt=HOLDS_ANSWERS)


def _counted(passes: QuerySet[CalibrationPass]) -> QuerySet[CalibrationPass]:
    """With `rated`: how many answers of the kit's interviews the member has rated since."""
    since = (
        Rating.objects.filter(
            RATED,
            scorecard__member=OuterRef("member"),
            scorecard__updated_at__gte=OuterRef("passed_at"),
            scorecard__interview__kit_version__kit=OuterRef("kit"),
            created_at__gte=OuterRef("passed_at"),
        )
        .order_by()
        .values("scorecard__member")
        .annotate(n=Count("*"))
    )
    return passes.annotate(rated=Coalesce(Subquery(since.values("n"), output_field=IntegerField()), 0))
