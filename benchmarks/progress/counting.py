"""The pages that are measured, and the usual way of filling them: counting at each look."""

import datetime as dt
import random
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks.heat_table.filling import PEOPLE, fill
from benchmarks.one_database import TURNS, median, times
from benchmarks.pages import let_the_planner_know, measured, prepare, signed_in, size
from bothways.interviews.models import AnswerMode, Device, Interview, InterviewState, Passage
from bothways.review.actions.progress import progress_of
from bothways.review.actions.question_figures import make_question_figures
from bothways.review.models import Decision
from bothways.review.queries.progress import count_progress
from tests.factories import Cast


def figures() -> dict[str, Any]:
    prepare()
    people = size(PEOPLE)
    cast = fill(people)
    _go_through(cast)
    let_the_planner_know()
    make_question_figures(kit_id=cast.kit_version.kit_id)
    slug, rafael = cast.organization.slug, signed_in(cast.rafael)
    pages = {
        "progress": measured(rafael, reverse("team:progress-position", args=[slug, cast.position.id])),
        "its file": measured(rafael, reverse("team:progress-export", args=[slug, cast.position.id])),
        "kit, with how questions have worked": measured(
            rafael, reverse("team:kits-edit", args=[slug, cast.kit_version.kit_id])
        ),
    }
    return {"people": people, "turns": TURNS, "pages": pages, "compared": _compared(cast)}


def _go_through(cast: Cast) -> None:
    """Everybody opened the four questions; a fifth stopped at one of them; half of the others are decided about."""
    chance = random.Random(20_261_130)
    questions, now = list(cast.kit_version.questions.all()), timezone.now()
    interviews = list(Interview.objects.all())
    passages = []
    for number, interview in enumerate(interviews):
        has_left = number % 5 == 0
        device, mode = chance.choice(Device.values), chance.choice(AnswerMode.values)
        for question in questions[: chance.randint(1, 4) if has_left else 4]:
            passages.append(
                Passage(
                    organization=cast.organization,
                    interview=interview,
                    question=question,
                    device=device,
                    mode=mode,
                    answered_at=now + dt.timedelta(seconds=chance.randint(30, 900)),
                    takes=chance.randint(1, 3),
                )
            )
        interview.opened_at = interview.started_at = now
        if has_left:
            passages[-1].answered_at = None
            interview.state, interview.submitted_at = InterviewState.EXPIRED, None
    Passage.objects.bulk_create(passages, batch_size=2000)
    Interview.objects.bulk_update(interviews, ["state", "opened_at", "started_at", "submitted_at"], batch_size=500)
    Decision.objects.bulk_create(
        Decision(
            organization=cast.organization, interview=interview, outcome="advance", reason="Because.",
            decided_by=cast.rafael, replied_at=now,
        )
        for interview in interviews[1::2]
        if interview.submitted_at
    )  # fmt: skip


def _compared(cast: Cast) -> dict[str, float]:
    cache.clear()
    progress_of(cast.stage)
    with CaptureQueriesContext(connection) as captured:
        count_progress(cast.stage)
    ours = median(times(lambda: progress_of(cast.stage))[0])
    usual = median(times(lambda: count_progress(cast.stage), turns=3)[0])
    return {"ours_ms": ours, "usual_ms": usual, "ratio": round(usual / ours, 1), "queries": len(captured)}
