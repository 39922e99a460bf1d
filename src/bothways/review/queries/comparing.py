"""What was given to a few people, beside one another: each rater, each number, each note."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview, InterviewState
from bothways.kits.models import KitVersion, Question
from bothways.lib.has import Has
from bothways.positions.models import Stage
from bothways.review.models import Rating, Reconciliation, Scorecard, Summary
from bothways.review.queries.cells import Cell, cell_of, ratings_of
from bothways.review.queries.heat import visible_ids
from bothways.review.queries.identity import with_shown_name


@dataclass(frozen=True, slots=True)
class Side:
    """One interview with its handed-in scorecards, on one question."""

    interview: Interview
    name: str
    name_hidden: bool
    cell: Cell
    scorecards: tuple[Scorecard, ...]
    needs_third: bool
    reconciliation: Reconciliation | None


def kit_versions(stage: Stage) -> list[KitVersion]:
    """The kit versions that were answered in this stage, the newest first. One query."""
    used = Has(Interview, kit_version=F("pk"), stage=stage.id, is_preview=False, state=InterviewState.SUBMITTED)
    return list(KitVersion.objects.filter(used, organization=stage.organization_id).order_by("-created_at"))


def side_by_side(
    actor: Actor, stage: Stage, version: KitVersion, question: Question, ids: list[uuid.UUID]
) -> list[Side]:
    """Those of `ids`, in their order, about whom this member may see what was given. Eight queries, however many."""
    visible = visible_ids(actor, stage, ids, version)
    own = Interview.objects.filter(organization=actor.organization_id, id__in=visible)
    found = {
        interview.id: interview
        for interview in with_shown_name(own, actor.id, after_decision=True).select_related("application")
    }
    for interview in found.values():
        interview.stage = stage
    scorecards: dict[uuid.UUID, list[Scorecard]] = defaultdict(list)
    handed_in = Scorecard.objects.filter(interview__in=visible, submitted_at__isnull=False)
    for scorecard in handed_in.select_related("member__user").order_by("submitted_at", "id"):
        scorecards[scorecard.interview_id].append(scorecard)
    given = Rating.objects.filter(scorecard__in=handed_in, question=question)
    ratings = ratings_of(given)
    apart = set(Summary.objects.filter(interview__in=visible, needs_third=True).values_list("interview_id", flat=True))
    settled = {
        one.interview_id: one
        for one in Reconciliation.objects.filter(interview__in=visible).select_related("member__user")
    }
    return [
        Side(
            interview=found[id_],
            name=found[id_].shown_name,
            name_hidden=found[id_].name_hidden,
            cell=cell_of(question, scorecards[id_], ratings),
            scorecards=tuple(scorecards[id_]),
            needs_third=id_ in apart,
            reconciliation=settled.get(id_),
        )
        for id_ in visible
    ]
