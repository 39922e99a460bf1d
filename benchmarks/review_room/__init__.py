"""The rating room at 5,000 candidates, 4 questions and 2 raters.

Time of whole pages on the server, on each database that is there, and of the step from one answer to the next in a
browser.
"""

import os
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.one_database import measured as measured_on
from benchmarks.review_room.steps import STEP_TARGET_MS, steps

PAGE_TARGET_MS = 50


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database, and of the steps in a browser; None without Chromium."""
    figures: dict[str, Any] = {"target_ms": PAGE_TARGET_MS, "load_average_before": os.getloadavg()[0]}
    for database in ("sqlite", "postgresql"):
        measured = measured_on(database, "benchmarks.review_room.pages")
        if measured is None:
            Console().print(f"{database}: not reachable, left out.")
            continue
        figures[database] = measured
        _print(database, measured)
    figures["steps"] = steps()
    _print_steps(figures["steps"])
    return figures


def _print(database: str, measured: dict[str, Any]) -> None:
    title = f"{database}, {measured['people']:,} people, {measured['questions']} questions"
    table = Table("Page", "Median ms", "p95 ms", "Our CPU ms", "Queries", "of target", title=title)
    for name, page in measured["pages"].items():
        table.add_row(
            name, f"{page['median_ms']:.1f}", f"{page['p95_ms']:.1f}", f"{page['cpu_ms']:.1f}", str(page["queries"]),
            f"{page['median_ms'] / PAGE_TARGET_MS:.2f}",
        )  # fmt: skip
    Console().print(table)


def _print_steps(measured: dict[str, Any] | None) -> None:
    if measured is None:
        Console().print("No Chromium, so no steps were measured.")
        return
    of_target = measured["slowest_ms"] / STEP_TARGET_MS
    Console().print(
        f"{measured['answers']} answers in a row by keyboard, from Enter to the next answer: "
        f"{measured['median_ms']:.0f} ms in the middle, {measured['slowest_ms']:.0f} ms at most "
        f"({of_target:.2f} of the target); by loading each page {measured['loading_ms']:.0f} ms.\n"
    )
