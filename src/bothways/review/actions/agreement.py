"""Making the figures of agreement and of raters, apart from the page that shows them."""

import datetime as dt
import itertools
import uuid

from django.db import transaction
from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.positions.models import Stage
from bothways.review.agreement.drift import drift_of
from bothways.review.agreement.figures import figures_of
from bothways.review.agreement.table import table_of
from bothways.review.models import Agreement, RaterDrift
from bothways.review.queries.agreement import job_key
from bothways.review.queries.handed_in import HandedIn, handed_in, scorecards_of, stages_with_other_scorecards
from bothways.work.actions.jobs import TryLater, enqueue

SOON = dt.timedelta(seconds=20)
"""Scorecards that are handed in within this time are counted together."""


def ask_for_figures(interview: Interview) -> None:
    """A scorecard of this interview was handed in: the figures are made anew, once for all that come soon."""
    _ask(interview.organization_id, interview.stage_id, interview.kit_version_id)


def make_figures(*, stage_id: uuid.UUID, kit_version_id: uuid.UUID) -> None:
    """Make the figures of a stage and a kit version from what is handed in now, in place of those before.

    Raises:
        TryLater: meanwhile a scorecard came or went, so that they are of yesterday already.
    """
    stage = Stage.objects.filter(id=stage_id).first()
    if stage is None:
        return
    made_at, found = timezone.now(), handed_in(stage_id, kit_version_id)
    agreements = _agreements(found)
    drifts = {member: drift_of(found.rated_by(member)) for member in found.raters}
    common = {
        "organization_id": stage.organization_id,
        "stage_id": stage_id,
        "kit_version_id": kit_version_id,
        "made_at": made_at,
    }
    with transaction.atomic():
        Agreement.objects.filter(stage=stage_id, kit_version=kit_version_id).delete()
        RaterDrift.objects.filter(stage=stage_id, kit_version=kit_version_id).delete()
        for agreement in agreements:
            agreement.scorecards = len(found.moments)
            for field, value in common.items():
                setattr(agreement, field, value)
        Agreement.objects.bulk_create(agreements)
        RaterDrift.objects.bulk_create(
            [RaterDrift(member_id=member, figures=drift.as_json(), **common) for member, drift in drifts.items()]
        )
    if scorecards_of(stage_id, kit_version_id).count() != len(found.moments):
        raise TryLater(SOON)


def make_left_over() -> int:
    """Ask for what no job was asked for: scorecards of before there were figures, and those that were deleted."""
    others = stages_with_other_scorecards()
    for organization_id, stage_id, kit_version_id in others:
        _ask(organization_id, stage_id, kit_version_id)
    return len(others)


def _ask(organization_id: uuid.UUID, stage_id: uuid.UUID, kit_version_id: uuid.UUID) -> None:
    enqueue(
        organization_id=organization_id,
        name="review.figures",
        key=job_key(stage_id, kit_version_id),
        payload={"stage_id": str(stage_id), "kit_version_id": str(kit_version_id)},
        delay=SOON,
    )


def _agreements(found: HandedIn) -> list[Agreement]:
    """Of the whole kit, of each question, and of each two who rated a candidate both; nothing when nothing is in."""
    if not found.moments:
        return []
    whole = found.overall()
    made = [Agreement(figures=figures_of(table_of(whole)).as_json())]
    for question in found.questions:
        figures = figures_of(table_of(found.on(question)))
        made.append(Agreement(question=question, figures=figures.as_json()))
    rated = {member: {interview for interview, rater in found.moments if rater == member} for member in found.raters}
    for first, second in itertools.combinations(found.raters, 2):
        if rated[first] & rated[second]:
            of_both = {key: value for key, value in whole.items() if key[1] in (first, second)}
            figures = figures_of(table_of(of_both))
            made.append(Agreement(first_id=first, second_id=second, figures=figures.as_json()))
    return made
