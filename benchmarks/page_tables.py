"""Running a scenario of pages on each database that is there, and showing what it measured."""

import os
from collections.abc import Callable
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.one_database import measured as measured_on

TARGET_MS = 50
LOOP_THERE_MS = 11.0
"""What `one_database.fixed_loop` takes on the machine of the figures in the README: 0.55 s for ten million turns."""


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
    """A table of measured pages. `more` are columns of the scenario's own, by their heads.

    "at full speed" is the processor time as if the loop were as fast as on the machine of the README's figures. It is
    reckoned, not measured, and leaves out what PostgreSQL takes.
    """
    more = more or {}
    table = Table(
        "Page", "Median ms", "p95 ms", "Our CPU ms", "by the loop", "by the smallest page", "CPU ms at full speed",
        "Queries", "of target", *more, title=title,
    )  # fmt: skip
    for name, page in pages.items():
        by_loop = page["cpu_ms"] / page["loop_ms"]
        table.add_row(
            name, f"{page['median_ms']:.1f}", f"{page['p95_ms']:.1f}", f"{page['cpu_ms']:.1f}", f"{by_loop:.1f}",
            f"{page['cpu_ms'] / page['smallest_page_ms']:.1f}", f"{by_loop * LOOP_THERE_MS:.1f}", str(page["queries"]),
            f"{page['median_ms'] / TARGET_MS:.2f}", *(write(page) for write in more.values()),
        )  # fmt: skip
    loop = fmean(page["loop_ms"] for page in pages.values())
    smallest = fmean(page["smallest_page_ms"] for page in pages.values())
    table.caption = (
        f"The loop took {loop:.1f} ms ({LOOP_THERE_MS:.0f} at full speed), the smallest page {smallest:.1f} ms."
    )
    Console().print(table)
