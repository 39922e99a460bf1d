"""The board of a position at 5,000 candidates, rated twice, in every column: time of the whole page on the server."""

from typing import Any

from rich.console import Console

from benchmarks.page_tables import on_each_database, print_pages


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database and case, and the ratio of a query for each column."""
    return on_each_database("benchmarks.board.pages", _print)


def _print(database: str, measured: dict[str, Any]) -> None:
    print_pages(f"{database}, {measured['people']:,} people", measured["pages"])
    compared = measured["compared"]
    ours, usual = compared["ours_ms"], compared["usual_ms"]
    Console().print(
        f"What the page reads: in one pass {ours:.1f} ms, column by column {usual:.0f} ms, "
        f"{compared['ratio']:.1f} × as long.\n"
    )
