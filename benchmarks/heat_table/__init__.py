"""The table of a stage at 5,000 candidates, four competencies, two raters: time of the whole page on the server."""

from typing import Any

from rich.console import Console

from benchmarks.page_tables import on_each_database, print_pages


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database and case, and the ratio of reading all ratings into memory."""
    return on_each_database("benchmarks.heat_table.pages", _print)


def _print(database: str, measured: dict[str, Any]) -> None:
    print_pages(f"{database}, {measured['people']:,} people", measured["pages"])
    compared = measured["compared"]
    Console().print(
        f"Rows of one page: from what is kept {compared['ours_ms']:.1f} ms, from all ratings in memory "
        f"{compared['usual_ms']:.0f} ms, {compared['ratio']:.0f} × as long.\n"
    )
