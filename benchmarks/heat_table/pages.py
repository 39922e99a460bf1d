"""The pages that are measured, and the usual way of doing the same: read every rating and sort in memory."""

import re
import sys
from collections import defaultdict
from statistics import fmean
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.heat_table.filling import PEOPLE, fill
from benchmarks.one_database import TURNS, median, times
from bothways.accounts.models import Member
from bothways.review.models import Rating
from bothways.review.queries import heat
from bothways.review.queries.heat_asked import Asked
from bothways.review.queries.heat_rows import columns_of
from tests.factories import Cast

QUERIES = {
    "first page": "",
    "by one competency": "?sort=q2&way=up",
    "by recommendation": "?sort=recommended",
    "two filters": "?recommended=differ&raters=third",
    "search": "?q=heron",
}


def figures() -> dict[str, Any]:
    call_command("check", stdout=sys.stderr)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    cast = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    pages = {}
    for who, member in (("a recruiter", cast.rafael), ("a rater", cast.bo)):
        pages |= {f"{name}, {who}": page for name, page in _pages(cast, member).items()}
    return {"people": PEOPLE, "turns": TURNS, "pages": pages, "compared": _compared(cast)}


def _pages(cast: Cast, member: Member) -> dict[str, dict[str, float | int]]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(member.user)
    address = reverse("team:compare", args=[cast.organization.slug, cast.stage.id])
    deep = address
    for _page in range(20):
        deep = address + re.search(r'rel="next" href="([^"]+)"', client.get(deep).content.decode())[1].replace(
            "&amp;", "&"
        )
    measured = {}
    for name, url in {**{name: address + query for name, query in QUERIES.items()}, "page 21": deep}.items():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        asked = len(captured)
        taken, busy = times(lambda url=url: client.get(url))
        measured[name] = {
            "median_ms": median(taken),
            "p95_ms": round(taken[int(len(taken) * 0.95)], 2),
            "cpu_ms": median(busy),
            "queries": asked,
        }
    return measured


def _compared(cast: Cast) -> dict[str, float]:
    actor = cast.actor(cast.rafael)
    _questions, columns = columns_of(cast.kit_version)

    def kept() -> None:
        interviews = heat.sent(actor, cast.stage, cast.kit_version)
        heat.page(actor, cast.stage, interviews, columns, Asked())

    def in_memory() -> None:
        given = defaultdict(list)
        ratings = Rating.objects.filter(scorecard__interview__stage=cast.stage, scorecard__submitted_at__isnull=False)
        for rating in ratings.select_related("scorecard__interview"):
            given[rating.scorecard.interview].append(rating.value)
        sorted(given, key=lambda interview: (-fmean(given[interview]), interview.code_name))

    ours, usual = median(times(kept)[0]), median(times(in_memory, 3)[0])
    return {"ours_ms": ours, "usual_ms": usual, "ratio": round(usual / ours, 1)}
