"""Agreement of 5,000 candidates by 4 questions by 2 raters: time of the pages, and of the job behind them."""

import os
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.one_database import measured as measured_on

TARGET_MS = 50


def run() -> dict[str, Any]:
    """Milliseconds of the median page and seconds of the job by database, with the time of working it out each time."""
    figures: dict[str, Any] = {"target_ms": TARGET_MS, "load_average_before": os.getloadavg()[0]}
    for database in ("sqlite", "postgresql"):
        measured = measured_on(database, "benchmarks.agreement.pages")
        if measured is None:
            Console().print(f"{database}: not reachable, left out.")
            continue
        figures[database] = measured
        _print(database, measured)
    return figures


def _print(database: str, measured: dict[str, Any]) -> None:
    title = f"{database}, {measured['candidates']:,} candidates, {measured['ratings']:,} ratings"
    table = Table("Page", "Median ms", "p95 ms", "Our CPU ms", "Queries", "of target", title=title)
    for name, page in measured["pages"].items():
        table.add_row(
            name, f"{page['median_ms']:.1f}", f"{page['p95_ms']:.1f}", f"{page['cpu_ms']:.1f}", str(page["queries"]),
            f"{page['median_ms'] / TARGET_MS:.2f}",
        )  # fmt: skip
    Console().print(table)
    job, page = measured["job_s"], measured["pages"]["agreement"]["median_ms"]
    Console().print(f"The job: {job:.1f} s, {job * 1000 / page:.0f} times the page that reads what it made.\n")
