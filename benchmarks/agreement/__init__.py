"""Agreement of 5,000 candidates by 4 questions by 2 raters: time of the pages, and of the job behind them."""

from typing import Any

from rich.console import Console

from benchmarks.page_tables import on_each_database, print_pages


def run() -> dict[str, Any]:
    """Milliseconds of the median page and seconds of the job by database, with the time of working it out each time."""
    return on_each_database("benchmarks.agreement.pages", _print)


def _print(database: str, measured: dict[str, Any]) -> None:
    title = f"{database}, {measured['candidates']:,} candidates, {measured['ratings']:,} ratings"
    print_pages(title, measured["pages"])
    job, page = measured["job_s"], measured["pages"]["agreement"]["median_ms"]
    Console().print(f"The job: {job:.1f} s, {job * 1000 / page:.0f} times the page that reads what it made.\n")
