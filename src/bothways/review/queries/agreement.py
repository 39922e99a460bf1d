"""The figures of agreement as they were made last. Reading them never makes them."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q

from bothways.accounts.models import Member
from bothways.kits.models import KitVersion, Question
from bothways.positions.models import Stage
from bothways.review.agreement.drift import Drift
from bothways.review.agreement.figures import Figures
from bothways.review.models import Agreement, RaterDrift, Scorecard
from bothways.work.models import Job, JobState


@dataclass(frozen=True, slots=True)
class Made:
    """When the figures were made and of how many scorecards; `is_renewed` while newer ones wait to be counted in."""

    at: dt.datetime | None
    scorecards: int
    is_renewed: bool


@dataclass(frozen=True, slots=True)
class StageAgreement:
    """Figures of the whole kit, of each question in the kit's order, and of each two raters by name.

    `raters` are those who handed in, by name.
    """

    made: Made
    whole: Figures | None
    questions: tuple[tuple[Question, Figures], ...]
    pairs: tuple[tuple[Member, Member, Figures], ...]
    raters: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class OwnAgreement:
    """One rater's pairs: with whom, by name."""

    made: Made
    pairs: tuple[tuple[Member, Figures], ...]


def job_key(stage_id: uuid.UUID, kit_version_id: uuid.UUID) -> str:
    return f"{stage_id}:{kit_version_id}"


def stage_agreement(stage: Stage, version: KitVersion) -> StageAgreement:
    """Three queries, whatever the number of scorecards."""
    rows = list(
        Agreement.objects.filter(organization=stage.organization_id, stage=stage, kit_version=version).select_related(
            "question__competency", "first__user", "second__user"
        )
    )
    whole = next((row for row in rows if row.question_id is None and row.first_id is None), None)
    questions = sorted((row for row in rows if row.question), key=lambda row: row.question.place)
    pairs = [_by_name(row) for row in rows if row.first_id]
    drifts = RaterDrift.objects.filter(organization=stage.organization_id, stage=stage, kit_version=version)
    raters = [drift.member for drift in drifts.defer("figures").select_related("member__user")]
    return StageAgreement(
        made=_made(stage, version, whole),
        whole=Figures.from_json(whole.figures) if whole else None,
        questions=tuple((row.question, Figures.from_json(row.figures)) for row in questions),
        pairs=tuple(sorted(pairs, key=lambda pair: (_name(pair[0]), _name(pair[1])))),
        raters=tuple(sorted(raters, key=_name)),
    )


def own_agreement(member_id: uuid.UUID, stage: Stage, version: KitVersion) -> OwnAgreement:
    """Three queries. Nothing but pairs with this member is read."""
    of_stage = Agreement.objects.filter(organization=stage.organization_id, stage=stage, kit_version=version)
    rows = of_stage.filter(Q(first=member_id) | Q(second=member_id)).select_related("first__user", "second__user")
    pairs = [(row.second if row.first_id == member_id else row.first, Figures.from_json(row.figures)) for row in rows]
    whole = of_stage.filter(question=None, first=None).defer("figures").first()
    return OwnAgreement(_made(stage, version, whole), tuple(sorted(pairs, key=lambda pair: _name(pair[0]))))


def drift_in_stage(member: Member, stage: Stage, version: KitVersion) -> tuple[Drift | None, Made]:
    """What one rater's numbers look like. None before anything was made. Two queries."""
    row = RaterDrift.objects.filter(
        organization=stage.organization_id, stage=stage, kit_version=version, member=member
    ).first()
    drift = Drift.from_json(row.figures) if row else None
    return drift, Made(row.made_at if row else None, drift.scorecards if drift else 0, _is_renewed(stage, version))


def has_handed_in(member_id: uuid.UUID | None, stage: Stage) -> bool:
    """Whether this member has a submitted scorecard in the stage. One query."""
    own = Scorecard.objects.filter(member=member_id, submitted_at__isnull=False, organization=stage.organization_id)
    return own.filter(interview__stage=stage, interview__is_preview=False).exists()


def _made(stage: Stage, version: KitVersion, whole: Agreement | None) -> Made:
    renewed = _is_renewed(stage, version)
    return Made(whole.made_at, whole.scorecards, renewed) if whole else Made(None, 0, renewed)


def _is_renewed(stage: Stage, version: KitVersion) -> bool:
    asked = Job.objects.filter(organization=stage.organization_id, name="review.figures")
    return asked.filter(key=job_key(stage.id, version.id), state__in=[JobState.WAITING, JobState.RUNNING]).exists()


def _by_name(row: Agreement) -> tuple[Member, Member, Figures]:
    first, second = sorted((row.first, row.second), key=_name)
    return first, second, Figures.from_json(row.figures)


def _name(member: Member) -> str:
    return member.user.name.casefold()
