"""The pages that are measured, and the usual way of filling a board: a count and a list for each column."""

import random
import re
from typing import Any

from django.urls import reverse
from django.utils import timezone

from benchmarks.heat_table.filling import PEOPLE, fill
from benchmarks.one_database import TURNS, median, times
from benchmarks.pages import let_the_planner_know, measured, prepare, signed_in
from bothways.interviews.models import Interview, InterviewState
from bothways.positions.models import StageReviewer
from bothways.review.models import Decision, Outcome, Scorecard
from bothways.review.queries.board import Column, board, lane
from tests.factories import Cast


def figures() -> dict[str, Any]:
    prepare()
    cast = fill()
    _spread(cast)
    let_the_planner_know()
    slug, position = cast.organization.slug, cast.position.id
    address = reverse("team:board-position", args=[slug, position])
    pages = {"board, a recruiter": measured(signed_in(cast.rafael), address)}
    moves = reverse("team:board-moves", args=[slug, position, Interview.objects.filter(state="submitted")[0].id])
    pages["where a card may go"] = measured(signed_in(cast.rafael), moves)
    html = signed_in(cast.rafael).get(address).content.decode()
    if more := re.search(r'hx-get="([^"]+)"', html):
        pages["the next cards of a column"] = measured(signed_in(cast.rafael), more[1].replace("&amp;", "&"))
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.ada)
    pages["board, an owner who rates"] = measured(signed_in(cast.ada), address)
    return {"people": PEOPLE, "turns": TURNS, "pages": pages, "compared": _compared(cast)}


def _spread(cast: Cast) -> None:
    """People in every column: a tenth each still answers, is out of time, on hold, declined, and goes on."""
    chance = random.Random(20_261_129)
    ids = list(Interview.objects.order_by("id").values_list("id", flat=True))
    chance.shuffle(ids)
    tenth = len(ids) // 10
    answering, expired, *decided = (ids[n * tenth : (n + 1) * tenth] for n in range(5))
    for state, some in ((InterviewState.STARTED, answering), (InterviewState.EXPIRED, expired)):
        Scorecard.objects.filter(interview__in=some).delete()
        Interview.objects.filter(id__in=some).update(state=state, reply_by=None)
    now = timezone.now()
    Decision.objects.bulk_create(
        Decision(
            organization=cast.organization, interview_id=id_, outcome=outcome, reason="Because.",
            decided_by=cast.rafael, replied_at=None if outcome == Outcome.HOLD else now,
        )
        for outcome, some in zip(Outcome.values, decided, strict=True)
        for id_ in some
    )  # fmt: skip


def _compared(cast: Cast) -> dict[str, float]:
    actor = cast.actor(cast.rafael)

    def each() -> None:
        for column in Column:
            lane(actor, cast.stage, column, None)

    ours, usual = median(times(lambda: board(actor, cast.position))[0]), median(times(each)[0])
    return {"ours_ms": ours, "usual_ms": usual, "ratio": round(usual / ours, 1)}
