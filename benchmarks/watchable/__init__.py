"""How long after its last byte a three-minute answer can be watched, while twenty others upload.

The whole product runs as `bothways up` starts it. An answer's parts are sent as a recorder sends them; the clock runs
from the moment the last part is handed to the socket until the recording stands as ready in the database. Beside each
answer, on the same machine under the same load, `ffmpeg -c copy` moves the same bytes into a file with an index: the
least that anybody must do.
"""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from benchmarks.watchable.answer import FORMS, SECONDS, make_answer
from benchmarks.watchable.sending import Sender
from tests.product import ROOT, Product, running

OTHERS = 20
ANSWERS = 20
TARGET_P95_S = 1.0
PAUSE_S = 1.5
COPY = {
    "webm": ["-cues_to_front", "1", "-f", "webm"],
    "mp4": ["-movflags", "faststart", "-strict", "-2", "-f", "mp4"],
}


def run() -> dict[str, object]:
    """Measure both forms that browsers record, quiet and under load; print a table; return seconds and ratios."""
    console = Console()
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        console.print("ffmpeg is not installed, so there is nothing to compare with: apt-get install ffmpeg")
        return {"left_out": "ffmpeg is not installed"}
    rows: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="bothways-watchable-") as name:
        folder = Path(name)
        for others in (0, OTHERS):
            for form in FORMS:
                answer = make_answer(folder, form)
                rows[f"{form}, {others} others"] = _measure(folder / f"{form}-{others}", answer, others, ffmpeg)
    console.print(_table(rows))
    worst = max(row["p95_s"] for row in rows.values())
    console.print(
        f"Slowest p95 {worst:.2f} s; target {TARGET_P95_S:.0f} s {'met' if worst < TARGET_P95_S else 'NOT met'}."
    )
    return {
        "seconds_recorded": SECONDS,
        "answers_each": ANSWERS,
        "rows": rows,
        "target_p95_s": TARGET_P95_S,
        "met": worst < TARGET_P95_S,
    }


def _measure(data: Path, answer: Path, others: int, ffmpeg: str) -> dict[str, float]:
    product = Product(data)
    ours: list[float] = []
    parts: list[tuple[float, float]] = []
    theirs: list[float] = []
    with running(product):
        uploads = _issue(product, ANSWERS + others)
        with _recording(product, answer, uploads[ANSWERS:]):
            for upload in uploads[:ANSWERS]:
                seconds, waited, settled = _one_answer(product, upload, answer.read_bytes())
                ours.append(seconds)
                parts.append((waited, settled))
                theirs.append(_copy(ffmpeg, answer))
                time.sleep(PAUSE_S)
    return {
        "p50_s": round(median(ours), 3),
        "p95_s": round(_p95(ours), 3),
        "waiting_p50_s": round(median(waited for waited, _ in parts), 3),
        "settling_p50_s": round(median(settled for _, settled in parts), 3),
        "ffmpeg_p50_s": round(median(theirs), 3),
        "ffmpeg_p95_s": round(_p95(theirs), 3),
        "ratio_p50": round(median(ours) / median(theirs), 2),
        "ratio_p95": round(_p95(ours) / _p95(theirs), 2),
    }


def _issue(product: Product, count: int) -> list[dict[str, str]]:
    environment = {
        "BOTHWAYS_DATA_DIR": str(product.data),
        "BOTHWAYS_BASE_URL": product.base_url,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    command = [sys.executable, "-m", "benchmarks.watchable.issuing", str(count)]
    return json.loads(subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)


@contextlib.contextmanager
def _recording(product: Product, answer: Path, uploads: list[dict[str, str]]) -> Iterator[None]:
    """The others, while the context is open."""
    command = [sys.executable, "-m", "benchmarks.watchable.others", str(product.port), str(answer)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps(uploads))
    process.stdin.close()
    process.stdout.readline()
    try:
        yield
        if process.poll() is not None:
            raise RuntimeError("the others ended before the measuring did")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _one_answer(product: Product, upload: dict[str, str], data: bytes) -> tuple[float, float, float]:
    """Seconds from the last part to watchable; of these, waiting for a worker; and settling."""
    sender = Sender(product.port, upload["upload"], upload["token"])
    last = len(data) // SECONDS
    # What was recorded before the last second is here already when the person stops.
    for start in range(0, len(data) - last, 8_000_000):
        sender.send(data[start : min(start + 8_000_000, len(data) - last)])
    began = time.time()
    sender.send(data[-last:], whole=len(data))
    sender.close()
    with contextlib.closing(sqlite3.connect(f"file:{product.data}/bothways.sqlite3?mode=ro", uri=True)) as database:
        while True:
            state, detail = database.execute(
                "SELECT state, failure_detail FROM media_recording WHERE id = ?", [upload["recording"]]
            ).fetchone()
            if state in ("ready", "failed"):
                break
            time.sleep(0.01)
        ended = time.time()
        if state == "failed":
            raise RuntimeError(f"an answer failed: {detail}")
        waited, settled = database.execute(
            "SELECT (julianday(job.started_at) - julianday(received_at)) * 86400,"
            " (julianday(settled_at) - julianday(job.started_at)) * 86400"
            " FROM media_recording JOIN work_job AS job ON job.name = 'media.settle'"
            " AND replace(job.key, '-', '') = 'recording:' || media_recording.id WHERE media_recording.id = ?",
            [upload["recording"]],
        ).fetchone()
    return ended - began, waited, settled


def _copy(ffmpeg: str, answer: Path) -> float:
    form = answer.suffix[1:]
    with tempfile.NamedTemporaryFile(dir=answer.parent) as target:
        command = [ffmpeg, "-nostdin", "-v", "error", "-y", "-i", str(answer), "-c", "copy", *COPY[form], target.name]
        began = time.perf_counter()
        subprocess.run(command, check=True)
        return time.perf_counter() - began


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def _table(rows: dict[str, dict[str, float]]) -> Table:
    table = Table(title=f"From the last byte to watchable, {SECONDS} s of recording")
    headings = ("p50 s", "p95 s", "of it waiting", "settling", "ffmpeg p50", "ffmpeg p95", "ratio p50", "ratio p95")
    table.add_column("recording", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right")
    for name, row in rows.items():
        table.add_row(name, *(f"{value:.2f}" for value in row.values()))
    return table
