"""The list of people at 100,000 candidates: time of the whole page on the server, on each database that is there."""

from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.page_tables import on_each_database, print_pages


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database and case, with the ratio of OFFSET paging and of icontains search."""
    return on_each_database("benchmarks.people_list.pages", _print)


def _print(database: str, measured: dict[str, Any]) -> None:
    print_pages(f"{database}, {measured['people']:,} people", measured["pages"])
    table = Table("Reading 50 people", "Ours, ms", "The usual way, ms", "Usual way by ours")
    for name, pair in measured["compared"].items():
        table.add_row(name, f"{pair['ours_ms']:.1f}", f"{pair['usual_ms']:.1f}", f"{pair['ratio']:.1f}")
    Console().print(table)
    invited = measured["list_of_10000"]
    Console().print(f"A list of 10,000: read in {invited['check_s']:.1f} s, invited in {invited['invite_s']:.1f} s.\n")
