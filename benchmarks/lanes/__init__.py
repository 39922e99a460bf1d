"""Fifty answers arrive in the same moment, five of them to be encoded in full.

When can each be watched, and how quick do pages stay meanwhile? The whole product runs as `bothways up` starts it.
Everything but the last second of each answer is on the server already, as when people have just spoken; then all last
parts are sent at once. Before that and until the last answer plays everywhere, three pages are asked for in turn, one
every PAGE_EVERY_S. Both figures come from the same run on the same machine, whose load from elsewhere is in both.
"""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.lanes.pages import Pages
from benchmarks.watchable.answer import make_answer
from benchmarks.watchable.sending import Sender
from tests.product import ROOT, Product, running

ANSWERS = {"mp4": 45, "webm": 5}
"""H.264 with Opus, of which only the sound is encoded; and VP8, which is encoded in full."""

SECONDS = 30
UNLOADED_S = 30
LONGEST_S = 900
TARGET_WATCHABLE_S = 10.0
TARGET_RATIO = 2.0


def run() -> dict[str, object]:
    """Print a table; return seconds, milliseconds and the ratio."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="bothways-lanes-") as name:
        folder = Path(name)
        bodies = {form: make_answer(folder, form, SECONDS).read_bytes() for form in ANSWERS}
        product = Product(folder / "data")
        with running(product):
            figures = _measure(product, bodies)
    console.print(_table(figures))
    watchable, ratio = figures["watchable_s"]["last"], figures["ratio_p95"]
    met = watchable < TARGET_WATCHABLE_S and ratio <= TARGET_RATIO
    console.print(
        f"Last of {sum(ANSWERS.values())} watchable after {watchable:.1f} s (target {TARGET_WATCHABLE_S:.0f} s), "
        f"pages' p95 {ratio:.2f} × (target {TARGET_RATIO:.0f} ×): {'met' if met else 'NOT met'}."
    )
    return {**figures, "target_watchable_s": TARGET_WATCHABLE_S, "target_ratio": TARGET_RATIO, "met": met}


def _measure(product: Product, bodies: dict[str, bytes]) -> dict[str, Any]:
    filled = _fill(product)
    uploads = [(filled["uploads"].pop(), form) for form, count in ANSWERS.items() for _ in range(count)]
    senders = [_send_all_but_the_last(product, upload, bodies[form]) for upload, form in uploads]
    with Pages(product.port, filled["pages"], filled["session"]) as pages:
        pages.warm_up()
        time.sleep(UNLOADED_S)
        began = time.time()
        _send_the_last(senders, [bodies[form] for _, form in uploads])
        settled = _wait(product, began)
        ended = time.time()
    unloaded, loaded = pages.times(0, began), pages.times(began, ended)
    arriving = pages.times(began, began + settled["last_watchable"])
    encoding = pages.times(began + settled["last_watchable"], ended)
    return {
        "answers": ANSWERS,
        "seconds_each": SECONDS,
        "watchable_s": {
            "p50": round(median(settled["watchable"]), 2),
            "p95": round(_p95(settled["watchable"]), 2),
            "last": round(settled["last_watchable"], 2),
        },
        "everything_made_s": round(ended - began, 1),
        "encoded_first_to_last": settled["encoded"],
        "pages_ms": {
            "unloaded": _figures(unloaded),
            "loaded": _figures(loaded),
            "until all are watchable": _figures(arriving),
            "while the rest is made": _figures(encoding),
        },
        "ratio_p95": round(_p95(loaded) / _p95(unloaded), 2),
    }


def _fill(product: Product) -> dict[str, Any]:
    environment = {
        "BOTHWAYS_DATA_DIR": str(product.data),
        "BOTHWAYS_BASE_URL": product.base_url,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    command = [sys.executable, "-m", "benchmarks.lanes.filling", str(sum(ANSWERS.values()))]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
    made = subprocess.run(command, env=kept | environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return json.loads(made.stdout)


def _send_all_but_the_last(product: Product, upload: dict[str, str], body: bytes) -> Sender:
    sender = Sender(product.port, upload["upload"], upload["token"])
    sender.send(body[: -_last(body)])
    sender.close()  # It opens again by itself; idle, the server would have closed it.
    return sender


def _send_the_last(senders: list[Sender], bodies: list[bytes]) -> None:
    together = threading.Barrier(len(senders))

    def send(sender: Sender, body: bytes) -> None:
        together.wait()
        sender.send(body[-_last(body) :], whole=len(body))
        sender.close()

    with ThreadPoolExecutor(len(senders)) as threads:
        list(threads.map(send, senders, bodies))


def _last(body: bytes) -> int:
    return len(body) // SECONDS


def _wait(product: Product, began: float) -> dict[str, Any]:
    """Until every job is done. Seconds from `began` to watchable of each, and in which order they were encoded."""
    with contextlib.closing(sqlite3.connect(f"file:{product.data}/bothways.sqlite3?mode=ro", uri=True)) as database:
        while time.time() < began + LONGEST_S:
            time.sleep(0.5)
            unsettled = database.execute("SELECT count(*) FROM media_recording WHERE settled_at IS NULL").fetchone()[0]
            open_jobs = database.execute(
                "SELECT count(*) FROM work_job WHERE state IN ('waiting', 'running')"
            ).fetchone()[0]
            if not unsettled and not open_jobs:
                break
        failed = database.execute(
            "SELECT name, error FROM work_job WHERE state = 'failed' UNION ALL"
            " SELECT state, failure_detail FROM media_recording WHERE state = 'failed'"
        ).fetchall()
        if unsettled or open_jobs or failed:
            raise RuntimeError(f"{unsettled} not settled, {open_jobs} jobs open, failed: {failed[:3]}")
        settled = database.execute("SELECT (julianday(settled_at) - 2440587.5) * 86400 FROM media_recording").fetchall()
        encoded = database.execute(
            "SELECT recording.video_codec FROM media_rendition AS made"
            " JOIN media_recording AS recording ON recording.id = made.recording_id"
            " WHERE made.kind = 'universal' ORDER BY made.created_at"
        ).fetchall()
    watchable = [at - began for (at,) in settled]
    return {"watchable": watchable, "last_watchable": max(watchable), "encoded": [codec for (codec,) in encoded]}


def _figures(milliseconds: list[float]) -> dict[str, float]:
    if len(milliseconds) < 2:
        return {"count": len(milliseconds)}
    return {
        "count": len(milliseconds),
        "p50": round(median(milliseconds), 1),
        "p95": round(_p95(milliseconds), 1),
        "slowest": round(max(milliseconds), 1),
    }


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def _table(figures: dict[str, Any]) -> Table:
    table = Table(title=f"Pages, while {sum(ANSWERS.values())} answers of {SECONDS} s arrive at once")
    table.add_column("pages", no_wrap=True)
    for heading in ("count", "p50 ms", "p95 ms", "slowest ms"):
        table.add_column(heading, justify="right")
    for name, row in figures["pages_ms"].items():
        table.add_row(name, *(str(value) for value in row.values()))
    return table
