"""A stage with 5,000 candidates rated twice, written in bulk; its pages and its job."""

import random
import time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from benchmarks.one_database import TURNS
from benchmarks.pages import let_the_planner_know, measured, prepare, signed_in, size
from bothways.interviews.models import Interview, InterviewState, Origin
from bothways.positions.models import Application, Candidate
from bothways.review.actions.agreement import make_figures
from bothways.review.models import Rating
from tests.factories import Cast
from tests.factories.agreeing import hand_in

CANDIDATES = size(5000)


def figures() -> dict[str, Any]:
    prepare()
    cast = Cast()
    _fill(cast)
    let_the_planner_know()
    start = time.perf_counter()
    make_figures(stage_id=cast.stage.id, kit_version_id=cast.kit_version.id)
    job = time.perf_counter() - start
    return {
        "candidates": CANDIDATES,
        "ratings": Rating.objects.count(),
        "turns": TURNS,
        "job_s": round(job, 2),
        "pages": _pages(cast),
    }


def _pages(cast: Cast) -> dict[str, dict[str, float | int]]:
    slug, stage = cast.organization.slug, cast.stage.id
    asked = {
        "agreement": (cast.rafael, reverse("team:agreement-stage", args=[slug, stage])),
        "agreement, a reviewer's own": (cast.bo, reverse("team:agreement-stage", args=[slug, stage])),
        "one rater's numbers": (cast.rafael, reverse("team:agreement-rater", args=[slug, stage, cast.bo.id])),
    }
    return {name: measured(signed_in(member), address) for name, (member, address) in asked.items()}


def _fill(cast: Cast) -> None:
    chance = random.Random(1979)
    common: dict[str, Any] = {"organization": cast.organization, "position": cast.position}
    now = timezone.now()
    candidates = Candidate.objects.bulk_create(
        [
            Candidate(organization=cast.organization, name=f"Person {number}", email=f"person.{number}@mail.test")
            for number in range(CANDIDATES)
        ]
    )
    applications = Application.objects.bulk_create(
        [Application(candidate=candidate, stage=cast.stage, **common) for candidate in candidates]
    )
    interviews = Interview.objects.bulk_create(
        [
            Interview(
                application=application, stage=cast.stage, kit_version=cast.kit_version, origin=Origin.CSV,
                code_name=f"Heron {number}", state=InterviewState.SUBMITTED, deadline=now, submitted_at=now,
                reply_by=now.date(), **common,
            )
            for number, application in enumerate(applications)
        ]
    )  # fmt: skip
    true = [[chance.randint(1, 5) for _ in range(4)] for _ in interviews]
    for member in (cast.bo, cast.ines):
        given = [[max(0, min(5, value + chance.choice((-1, 0, 0, 1)))) for value in values] for values in true]
        hand_in(member, interviews, lambda at, place, given=given: given[at][place - 1])
