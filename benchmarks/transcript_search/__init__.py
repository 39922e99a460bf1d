"""Searching 10,000 transcripts: time of the whole page on the server, on each database that is there."""

from typing import Any

from benchmarks.page_tables import on_each_database, print_pages


def run() -> dict[str, Any]:
    """Milliseconds of the median page by database and case, with a scan by icontains beside what a page reads."""
    return on_each_database("benchmarks.transcript_search.pages", _print)


def _print(database: str, measured: dict[str, Any]) -> None:
    title = f"{database}, {measured['transcripts']:,} transcripts, {measured['words']:,} words"
    columns = {
        "Answers that have it": lambda page: f"{page['answers']:,}",
        "Reading, ms": lambda page: f"{page['ours_ms']:.1f}",
        "icontains, ms": lambda page: f"{page['usual_ms']:.1f}",
        "by ours": lambda page: f"{page['ratio']:.1f}",
    }
    print_pages(title, measured["pages"], columns)
