"""The table of a stage at 5,000 candidates, four competencies, two raters: time of the whole page on the server."""

import os
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.one_database import measured as measured_on

TARGET_MS = 50


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database and case, and the ratio of reading all ratings into memory."""
    figures: dict[str, Any] = {"target_ms": TARGET_MS, "load_average_before": os.getloadavg()[0]}
    for database in ("sqlite", "postgresql"):
        measured = measured_on(database, "benchmarks.heat_table.pages")
        if measured is None:
            Console().print(f"{database}: not reachable, left out.")
            continue
        figures[database] = measured
        _print(database, measured)
    return figures


def _print(database: str, measured: dict[str, Any]) -> None:
    table = Table(
        "Page", "Median ms", "p95 ms", "Our CPU ms", "Queries", "of target",
        title=f"{database}, {measured['people']:,} people",
    )  # fmt: skip
    for name, page in measured["pages"].items():
        table.add_row(
            name, f"{page['median_ms']:.1f}", f"{page['p95_ms']:.1f}", f"{page['cpu_ms']:.1f}", str(page["queries"]),
            f"{page['median_ms'] / TARGET_MS:.2f}",
        )  # fmt: skip
    Console().print(table)
    compared = measured["compared"]
    Console().print(
        f"Rows of one page: from what is kept {compared['ours_ms']:.1f} ms, from all ratings in memory "
        f"{compared['usual_ms']:.0f} ms, {compared['ratio']:.0f} × as long.\n"
    )
