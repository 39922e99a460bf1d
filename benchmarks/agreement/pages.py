"""A stage with 5,000 candidates rated twice, written in bulk; its pages and its job."""

import random
import sys
import time
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks.one_database import TURNS, median, times
from bothways.interviews.models import Interview, InterviewState, Origin
from bothways.positions.models import Application, Candidate
from bothways.review.actions.agreement import make_figures
from bothways.review.models import Rating
from tests.factories import Cast
from tests.factories.agreeing import hand_in

CANDIDATES = 5000


def figures() -> dict[str, Any]:
    call_command("check", stdout=sys.stderr)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    cast = Cast()
    _fill(cast)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
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
    measured = {}
    for name, (member, address) in asked.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(member.user)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        queries = len(captured)
        taken, busy = times(lambda client=client, address=address: client.get(address))
        measured[name] = {
            "median_ms": median(taken),
            "p95_ms": round(taken[int(len(taken) * 0.95)], 2),
            "cpu_ms": median(busy),
            "queries": queries,
        }
    return measured


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
