"""Searching 10,000 transcripts: time of the whole page on the server, on each database that is there."""

import os
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.one_database import measured as measured_on

TARGET_MS = 50


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database and case, with a scan by icontains beside what a page reads."""
    figures: dict[str, Any] = {"target_ms": TARGET_MS, "load_average_before": os.getloadavg()[0]}
    for database in ("sqlite", "postgresql"):
        measured = measured_on(database, "benchmarks.transcript_search.pages")
        if measured is None:
            Console().print(f"{database}: not reachable, left out.")
            continue
        figures[database] = measured
        _print(database, measured)
    return figures


def _print(database: str, measured: dict[str, Any]) -> None:
    title = f"{database}, {measured['transcripts']:,} transcripts, {measured['words']:,} words"
    columns = (
        "Page",
        "Answers that have it",
        "Median ms",
        "p95 ms",
        "Our CPU ms",
        "Queries",
        "Reading, ms",
        "icontains, ms",
        "by ours",
    )
    table = Table(*columns, title=title)
    for name, page in measured["pages"].items():
        table.add_row(
            name, f"{page['answers']:,}", f"{page['median_ms']:.1f}", f"{page['p95_ms']:.1f}", f"{page['cpu_ms']:.1f}",
            str(page["queries"]), f"{page['ours_ms']:.1f}", f"{page['usual_ms']:.1f}", f"{page['ratio']:.1f}",
        )  # fmt: skip
    Console().print(table)
