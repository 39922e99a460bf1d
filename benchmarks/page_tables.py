"""Running a scenario of pages on each database that is there, and showing what it measured."""

import os
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.one_database import measured as measured_on

TARGET_MS = 50


def on_each_database(module: str, show: Callable[[str, dict[str, Any]], None]) -> dict[str, Any]:
    """What `figures()` of the module gives on SQLite and on PostgreSQL, each shown as soon as it is there."""
    figures: dict[str, Any] = {"target_ms": TARGET_MS, "load_average_before": os.getloadavg()[0]}
    for database in ("sqlite", "postgresql"):
        measured = measured_on(database, module)
        if measured is None:
            Console().print(f"{database}: not reachable, left out.")
            continue
        figures[database] = measured
        show(database, measured)
    return figures


def print_pages(
    title: str, pages: dict[str, dict[str, Any]], more: dict[str, Callable[[dict[str, Any]], str]] | None = None
) -> None:
    """A table of measured pages. `more` are columns of the scenario's own, by their heads."""
    more = more or {}
    table = Table("Page", "Median ms", "p95 ms", "Our CPU ms", "Queries", "of target", *more, title=title)
    for name, page in pages.items():
        table.add_row(
            name, f"{page['median_ms']:.1f}", f"{page['p95_ms']:.1f}", f"{page['cpu_ms']:.1f}", str(page["queries"]),
            f"{page['median_ms'] / TARGET_MS:.2f}", *(write(page) for write in more.values()),
        )  # fmt: skip
    Console().print(table)
