"""What taking in uploads costs: CPU seconds a gigabyte in parts of 1 MB, beside nginx and @tus/server, in one run.

Every server gets the same bytes from the same sender: four connections, parts of 1,000,000 bytes one after another,
the next one when the last one is acknowledged. The servers are asked in turns, several rounds, and the lowest cost of
each counts: other work on the machine only ever adds. Ours is the whole product as `bothways web` runs it, and always
makes each part durable before it answers. The peers do not offer that, so that each is shown as it comes, and once
more with what it lacks: nginx with a small library that syncs each file before nginx renames it, @tus/server with a
file store whose write streams flush. The targets are for the rows that do what the synced peers do. Verifying a
SHA-256 of each part, as our recorder asks for, is work that neither of them offers, and stands in a row of its own.
"""

import shutil
import tempfile
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from .cost import Cost, measure
from .servers import Bothways, Nginx, NodeTus, Server

ROUNDS = 4
PART_BYTES = 1_000_000
PARTS = 50
CONNECTIONS = 4

NGINX_LIMIT = 1.5
NODE_LIMIT = 0.5


def run() -> dict[str, object]:
    """Measure, print a table, and return the figures with the ratios and whether they meet the targets."""
    console = Console()
    folder = Path(tempfile.mkdtemp(prefix="bothways-upload-ingest-"))
    servers: list[Server] = [
        Nginx(folder / "nginx", durable=False),
        Nginx(folder / "nginx-durable", durable=True),
        NodeTus(folder / "node", durable=False),
        NodeTus(folder / "node-durable", durable=True),
        Bothways(folder / "known", length_known=True, checksum=False),
        Bothways(folder / "open", length_known=False, checksum=False),
        Bothways(folder / "recorder", length_known=False, checksum=True),
    ]
    try:
        costs = _rounds(servers, console)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    figures = _figures(costs)
    console.print(_table(costs))
    for words in _verdict(figures):
        console.print(words)
    return figures


def _rounds(servers: list[Server], console: Console) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {server.name: [] for server in servers}
    for number in range(ROUNDS + 1):
        for server in servers:
            with server.running() as running:
                cost = measure(running, connections=CONNECTIONS, parts=PARTS, part_bytes=PART_BYTES)
            if number:  # The first round only warms the machine up.
                costs[server.name].append(cost)
            console.print(f"round {number}  {server.name:45} {cost.cpu_s_per_gb:6.2f} CPU-s/GB", highlight=False)
    return costs


def _figures(costs: dict[str, list[Cost]]) -> dict[str, object]:
    best = {name: min(cost.cpu_s_per_gb for cost in of_one) for name, of_one in costs.items()}
    nginx, node = best["nginx PUT, each part synced"], best["@tus/server, each part synced"]
    ours = {name: value for name, value in best.items() if name.startswith("Bothways")}
    alike = [value for name, value in ours.items() if "sha256" not in name]
    return {
        "part_bytes": PART_BYTES,
        "connections": CONNECTIONS,
        "bytes_per_round": CONNECTIONS * PARTS * PART_BYTES,
        "rounds": ROUNDS,
        "rows": {name: [cost.as_dict() for cost in of_one] for name, of_one in costs.items()},
        "cpu_s_per_gb": best,
        "ratio_to_nginx": {name: value / nginx for name, value in ours.items()},
        "ratio_to_node": {name: value / node for name, value in ours.items()},
        "ratio_to_nginx_without_sync": {name: value / best["nginx PUT"] for name, value in ours.items()},
        "targets": {"ratio_to_nginx": NGINX_LIMIT, "ratio_to_node": NODE_LIMIT},
        "met": max(alike) <= min(NGINX_LIMIT * nginx, NODE_LIMIT * node),
    }


def _table(costs: dict[str, list[Cost]]) -> Table:
    table = Table(title="Uploads in parts of 1 MB")
    for heading in ("server", "CPU-s/GB", "median", "MB/s", "p50 ms", "p99 ms"):
        table.add_column(heading, justify="left" if heading == "server" else "right")
    for name, of_one in costs.items():
        fastest = max(of_one, key=lambda cost: cost.mb_per_s)
        table.add_row(
            name,
            f"{min(cost.cpu_s_per_gb for cost in of_one):.2f}",
            f"{median(cost.cpu_s_per_gb for cost in of_one):.2f}",
            f"{fastest.mb_per_s:.0f}",
            f"{fastest.p50_ms:.1f}",
            f"{fastest.p99_ms:.1f}",
        )
    return table


def _verdict(figures: dict[str, object]) -> list[str]:
    lines = []
    for name, ratio in figures["ratio_to_nginx"].items():  # type: ignore[attr-defined]
        to_node = figures["ratio_to_node"][name]  # type: ignore[index]
        lines.append(f"{name}: {ratio:.2f} x nginx (target {NGINX_LIMIT}), {to_node:.2f} x @tus/server ({NODE_LIMIT})")
    return [*lines, "Targets met." if figures["met"] else "Targets NOT met."]
