"""How far 5,000 people of a stage have come: time of the whole page on the server, and of counting it."""

from typing import Any

from rich.console import Console

from benchmarks.page_tables import on_each_database, print_pages


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database and case, and the ratio of counting at each look."""
    return on_each_database("benchmarks.progress.counting", _print)


def _print(database: str, measured: dict[str, Any]) -> None:
    print_pages(f"{database}, {measured['people']:,} people", measured["pages"])
    compared = measured["compared"]
    ours, usual = compared["ours_ms"], compared["usual_ms"]
    Console().print(
        f"The figures: as they are kept {ours:.1f} ms, counted from their rows {usual:.0f} ms, "
        f"{compared['ratio']:.0f} × as long; {compared['queries']} queries.\n"
    )
