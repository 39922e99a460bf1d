"""The list of people at 100,000 candidates: time of the whole page on the server, on each database that is there."""

import os
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.one_database import measured as measured_on

TARGET_MS = 50


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database and case, with the ratio of OFFSET paging and of icontains search."""
    figures: dict[str, Any] = {"target_ms": TARGET_MS, "load_average_before": os.getloadavg()[0]}
    for database in ("sqlite", "postgresql"):
        measured = measured_on(database, "benchmarks.people_list.pages")
        if measured is None:
            Console().print(f"{database}: not reachable, left out.")
            continue
        figures[database] = measured
        _print(database, measured)
    return figures


def _print(database: str, measured: dict[str, Any]) -> None:
    table = Table(
        "Page",
        "Median ms",
        "p95 ms",
        "Our CPU ms",
        "Queries",
        "of target",
        title=f"{database}, {measured['people']:,} people",
    )
    for name, page in measured["pages"].items():
        table.add_row(
            name, f"{page['median_ms']:.1f}", f"{page['p95_ms']:.1f}", f"{page['cpu_ms']:.1f}", str(page["queries"]),
            f"{page['median_ms'] / TARGET_MS:.2f}",
        )  # fmt: skip
    Console().print(table)
    table = Table("Reading 50 people", "Ours, ms", "The usual way, ms", "Usual way by ours")
    for name, pair in measured["compared"].items():
        table.add_row(name, f"{pair['ours_ms']:.1f}", f"{pair['usual_ms']:.1f}", f"{pair['ratio']:.1f}")
    Console().print(table)
    invited = measured["list_of_10000"]
    Console().print(f"A list of 10,000: read in {invited['check_s']:.1f} s, invited in {invited['invite_s']:.1f} s.\n")
