"""The pages that are measured, and the usual way of doing the same: read every rating and sort in memory."""

import re
from collections import defaultdict
from statistics import fmean
from typing import Any

from django.urls import reverse

from benchmarks.heat_table.filling import PEOPLE, fill
from benchmarks.one_database import TURNS, median, times
from benchmarks.pages import let_the_planner_know, measured, prepare, signed_in
from bothways.accounts.models import Member
from bothways.review.models import Rating
from bothways.review.queries import heat
from bothways.review.queries.heat_asked import Asked
from bothways.review.queries.heat_rows import columns_of
from tests.factories import Cast

DEEP = min(20, (PEOPLE - 1) // heat.PAGE_SIZE)
QUERIES = {
    "first page": "",
    "by one competency": "?sort=q2&way=up",
    "by recommendation": "?sort=recommended",
    "two filters": "?recommended=differ&raters=third",
    "search": "?q=heron",
}


def figures() -> dict[str, Any]:
    prepare()
    cast = fill()
    let_the_planner_know()
    pages = {}
    for who, member in (("a recruiter", cast.rafael), ("a rater", cast.bo)):
        pages |= {f"{name}, {who}": page for name, page in _pages(cast, member).items()}
    return {"people": PEOPLE, "turns": TURNS, "pages": pages, "compared": _compared(cast)}


def _pages(cast: Cast, member: Member) -> dict[str, dict[str, float | int]]:
    client = signed_in(member)
    address = reverse("team:compare", args=[cast.organization.slug, cast.stage.id])
    deep = address
    for _page in range(DEEP):
        deep = address + re.search(r'rel="next" href="([^"]+)"', client.get(deep).content.decode())[1].replace(
            "&amp;", "&"
        )
    urls = {**{name: address + query for name, query in QUERIES.items()}, f"page {DEEP + 1}": deep}
    return {name: measured(client, url) for name, url in urls.items()}


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
