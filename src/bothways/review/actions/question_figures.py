"""Making the figures of how questions have worked, apart from the page that shows them."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from bothways.kits.models import Kit
from bothways.review.agreement.figures import figures_of
from bothways.review.agreement.quality import quality_of
from bothways.review.agreement.table import table_of
from bothways.review.models import QuestionFigures
from bothways.review.queries.question_figures import bases, counted_bases, worked
from bothways.work.actions.jobs import enqueue

SOON = dt.timedelta(seconds=30)


def make_question_figures(*, kit_id: uuid.UUID) -> None:
    """Count anew how each wording of the kit's questions has worked, in place of what was counted before."""
    kit = Kit.objects.filter(id=kit_id).first()
    if kit is None:
        return
    # Before counting: what comes meanwhile makes it differ, and is counted the next time.
    basis = bases().get((kit.organization_id, kit.id), "")
    made = [
        QuestionFigures(
            organization_id=kit.organization_id,
            kit=kit,
            wording=wording,
            figures=quality_of(
                one.versions,
                list(one.values.values()),
                figures_of(table_of({key: value for key, value in one.values.items() if value is not None})),
                one.went,
            ).as_json(),
            basis=basis,
            made_at=timezone.now(),
        )
        for wording, one in worked(kit.id).items()
        if one.values or one.went
    ]
    with transaction.atomic():
        QuestionFigures.objects.filter(kit=kit).delete()
        QuestionFigures.objects.bulk_create(made)


def ask_where_more_is_there() -> int:
    """Ask for the figures of each kit about which there is more, or less, than was counted. Returns how many."""
    there, counted = bases(), counted_bases()
    others = [key for key in {**there, **counted} if there.get(key) != counted.get(key)]
    for organization_id, kit_id in others:
        enqueue(
            organization_id=organization_id,
            name="review.question_figures",
            key=str(kit_id),
            payload={"kit_id": str(kit_id)},
            delay=SOON,
        )
    return len(others)
