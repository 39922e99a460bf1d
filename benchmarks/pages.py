"""Measuring whole pages on the server, in the process of one database. Scenarios name the pages and fill the rows."""

import os
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.one_database import fixed_loop, median, times_in_turns
from bothways.accounts.models import Member
from tests.factories import make_member, make_organization

BROWSER = {"accept-encoding": "gzip"}
"""Pages go out compressed, so that is part of what they cost."""


def prepare() -> None:
    """An empty database as the product has it, with its styles and scripts."""
    call_command("check", stdout=sys.stderr)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def let_the_planner_know() -> None:
    """Both databases plan by what they have counted; a server in use has counted long ago."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def size(full: int) -> int:
    """So many rows, or fewer for a run that only shows that the scenario works: BOTHWAYS_BENCH_MOST=100."""
    return min(full, int(os.environ.get("BOTHWAYS_BENCH_MOST", full)))


def signed_in(member: Member) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(member.user)
    return client


def measured(
    client: Client, address: str, query: Mapping[str, Any] | None = None, statuses: tuple[int, ...] = (200,)
) -> dict[str, float | int]:
    """Milliseconds of the page by the clock and of this process's processor time, and how many queries it asks.

    `loop_ms` and `smallest_page_ms` are processor time of the two references, taken in turns with the page: a slow or
    busy machine is slow for all three. The first time does not count: it fills what the process keeps.
    """

    def ask() -> None:
        client.get(address, query, headers=BROWSER)

    ask()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, query, headers=BROWSER).status_code in statuses
        asked = len(captured)
    (taken, busy), (_, loop), (_, smallest) = times_in_turns(ask, fixed_loop, _smallest_page())
    return {
        "median_ms": median(taken),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 2),
        "cpu_ms": median(busy),
        "loop_ms": median(loop),
        "smallest_page_ms": median(smallest),
        "queries": asked,
    }


@cache
def _smallest_page() -> Callable[[], object]:
    """The least that a page of the team costs: signed in, a list, and nothing in it. In an organization of its own."""
    member = make_member(make_organization("Empty", slug="empty"), "Ada Lindqvist", "recruiter")
    client, address = signed_in(member), reverse("team:talk-list", args=["empty"])
    assert client.get(address).status_code == 200
    return lambda: client.get(address, headers=BROWSER)
