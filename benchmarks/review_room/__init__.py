"""The rating room at 5,000 candidates, 4 questions and 2 raters.

Time of whole pages on the server, on each database that is there, and of the step from one answer to the next in a
browser.
"""

from typing import Any

from rich.console import Console

from benchmarks.page_tables import on_each_database, print_pages
from benchmarks.review_room.steps import STEP_TARGET_MS, steps


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database, and of the steps in a browser; None without Chromium."""
    figures = on_each_database("benchmarks.review_room.pages", _print)
    figures["steps"] = steps()
    _print_steps(figures["steps"])
    return figures


def _print(database: str, measured: dict[str, Any]) -> None:
    title = f"{database}, {measured['people']:,} people, {measured['questions']} questions"
    print_pages(title, measured["pages"])


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
