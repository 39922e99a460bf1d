"""The room of a talk: how long until people see one another, what it costs each of them, and what the server passes on.

Two to four people in real browsers with a drawn camera. Beside them, in the same browser, pages with nothing but
RTCPeerConnections; beside the server, one that only hands on texts.
"""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks.live import signals
from benchmarks.live.people import LOOK_MS, People
from tests.product import Product, running
from tests.web.live.in_room import look

PEOPLE = (2, 3, 4)


def run() -> dict[str, Any]:
    """Prints three tables; returns their figures."""
    with tempfile.TemporaryDirectory(prefix="bothways-live-") as name:
        product = Product(Path(name) / "data", command="web")
        filled = look(product, "many")
        with running(product):
            passed_on = {
                "ours": signals.of_product(product, filled),
                "bare": signals.of_bare_relay(len(filled["talks"])),
            }
            with sync_playwright() as playwright:
                people = People(playwright, product, filled)
                joins = people.joins()
                costs = {many: people.costs(many) for many in PEOPLE}
    passed_on["ratio"] = round(passed_on["bare"]["per_cpu_s"] / passed_on["ours"]["per_cpu_s"], 2)
    _print(joins, costs, passed_on)
    return {"join": joins, "people": costs, "signals": passed_on}


def _print(joins: dict[str, Any], costs: dict[int, dict[str, Any]], passed_on: dict[str, Any]) -> None:
    console = Console()
    console.print(
        f"From Go in to the first picture: {joins['median_ms']} ms ({joins['slowest_ms']} at most); bare "
        f"{joins['bare_ms']} ms ({joins['bare_slowest_ms']} at most): {joins['ratio']:.2f} ×. "
        f"Both pages say {joins['signals']:.0f} signals for it."
    )
    table = Table("People", "Processors each", "bare", "ratio", "Pictures/s", "bare", "Height", "bare", "Server, CPU s")
    for many, cost in costs.items():
        room, bare = cost["room"], cost["bare"]
        table.add_row(
            str(many), f"{room['cpu']:.2f}", f"{bare['cpu']:.2f}", f"{cost['ratio']:.2f} ×",
            f"{room['pictures_per_s']:.0f}", f"{bare['pictures_per_s']:.0f}", f"{room['height']:.0f}",
            f"{bare['height']:.0f}", f"{cost['server_cpu_s']:.2f}",
        )  # fmt: skip
    table.caption = (
        f"Over {LOOK_MS / 1000:.0f} s, all processes of the browser. Where no processor is left, pictures become fewer."
    )
    console.print(table)
    ours, bare = passed_on["ours"], passed_on["bare"]
    console.print(
        f"Signals: {ours['per_s']} a second, {ours['per_cpu_s']} for each second of the server's processor; handing on "
        f"alone {bare['per_s']} and {bare['per_cpu_s']}: {passed_on['ratio']:.2f} ×."
    )
