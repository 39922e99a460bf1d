"""Measuring whole pages on the server, in the process of one database. Scenarios name the pages and fill the rows."""

import os
import sys
from collections.abc import Mapping
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.one_database import median, times
from bothways.accounts.models import Member


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

    The first time does not count: it fills what the process keeps.
    """
    client.get(address, query)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, query).status_code in statuses
        asked = len(captured)
    taken, busy = times(lambda: client.get(address, query))
    return {
        "median_ms": median(taken),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 2),
        "cpu_ms": median(busy),
        "queries": asked,
    }
