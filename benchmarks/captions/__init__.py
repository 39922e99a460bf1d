"""How long after the stop of a two-minute answer its words are complete, and what hearing it meanwhile costs.

The whole product runs as `bothways up` starts it, held to one processor, and gets the answer in real time, a part a
second, as a recorder sends it. The clock runs from the moment the last part is handed to the socket until the
transcript stands as ready in the database. Beside each answer, on the same processor, the bare engine hears the
finished file in one go with the same model and options: what anybody who waits for the end has to spend.

Processor time is that of the words lane with the engine and the steps that it starts. What the lane uses while nothing
is recorded is measured before and taken off, and printed.
"""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.captions.lane import processor_seconds
from benchmarks.watchable.sending import Sender
from tests.media.speech.voices import AUSTEN, CITIES, RATE, as_recorded, error_rate, plain, silence, speech, words_said
from tests.parts import MODEL
from tests.product import ROOT, Product, running

SECONDS = 120
ANSWERS = int(os.environ.get("CAPTIONS_ANSWERS", "5"))
IDLE_S = 20
TARGET_S, TARGET_OVERHEAD = 10.0, 1.15
PROCESSOR = 0
_ORDERS = ((CITIES, CITIES, AUSTEN), (AUSTEN, CITIES, CITIES), (CITIES, AUSTEN, CITIES))


def run() -> dict[str, object]:
    """Measure, print a table, return seconds and ratios."""
    console = Console()
    if shutil.which("taskset") is None or not MODEL.is_dir():
        console.print("taskset or the model is not here: tests/parts.sh brings what is missing")
        return {"left_out": "taskset or the model is not here"}
    model = Path(os.environ.get("CAPTIONS_MODEL", MODEL))
    rows = []
    os.sched_setaffinity(0, {PROCESSOR})
    with tempfile.TemporaryDirectory(prefix="bothways-captions-") as name:
        product = Product(
            Path(name) / "data", environment={"BOTHWAYS_SPEECH_ENGINE": "local", "BOTHWAYS_SPEECH_MODEL": str(model)}
        )
        with running(product):
            time.sleep(IDLE_S)
            idle = _idle(product)
            for number in range(ANSWERS):
                answer, said = _make_answer(Path(name), number)
                upload = _issue(product)
                rows.append(_one_answer(product, upload, answer, said, idle) | _bare(model, answer, said))
                console.print(rows[-1])
    table = Table("answer", "stop to words", "bare engine, waiting", "processor", "bare processor", "WER", "bare WER")
    for number, row in enumerate(rows, 1):
        table.add_row(
            str(number),
            *(f"{row[key]:.1f} s" for key in ("ours_s", "bare_s", "ours_cpu_s", "bare_cpu_s")),
            f"{row['ours_wer']:.3f}",
            f"{row['bare_wer']:.3f}",
        )
    console.print(table)
    ours, bare = (median(row[key] for row in rows) for key in ("ours_s", "bare_s"))
    overhead = median(row["ours_cpu_s"] / row["bare_cpu_s"] for row in rows)
    console.print(
        f"{model.name}: median {ours:.1f} s after the stop (target {TARGET_S:.0f} s), the bare engine {bare:.1f} s; "
        f"processor {overhead:.2f} × the bare engine (target {TARGET_OVERHEAD}). "
        f"The lane itself uses {idle:.3f} s a second while nothing is recorded."
    )
    return {
        "model": model.name,
        "seconds_recorded": SECONDS,
        "rows": rows,
        "idle_cpu_s_per_s": round(idle, 4),
        "median_s": round(ours, 2),
        "overhead": round(overhead, 3),
        "met": ours <= TARGET_S and overhead <= TARGET_OVERHEAD,
    }


def _make_answer(folder: Path, number: int) -> tuple[Path, list[str]]:
    """Two minutes of reading in another order each time, to the last second, and the words of it."""
    order = _ORDERS[number % len(_ORDERS)]
    sound = np.concatenate([part for name in order for part in (silence(1), speech(name), silence(1))])
    sound = np.concatenate([sound, silence(SECONDS)])[: SECONDS * RATE]
    return as_recorded(folder / "answer.webm", sound), [word for name in order for word in words_said(name)]


def _issue(product: Product) -> dict[str, str]:
    environment = {
        "BOTHWAYS_DATA_DIR": str(product.data),
        "BOTHWAYS_BASE_URL": product.base_url,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    command = [sys.executable, "-m", "benchmarks.watchable.issuing", "1", "en"]
    return json.loads(subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)[0]


def _idle(product: Product) -> float:
    """Processor seconds a second of the lane that has nothing to do."""
    before, began = processor_seconds(product), time.monotonic()
    time.sleep(IDLE_S)
    return (processor_seconds(product) - before) / (time.monotonic() - began)


def _one_answer(
    product: Product, upload: dict[str, str], answer: Path, said: list[str], idle: float
) -> dict[str, float]:
    data, before, began = answer.read_bytes(), processor_seconds(product), time.monotonic()
    sender = Sender(product.port, upload["upload"], upload["token"])
    size = len(data) // SECONDS
    for second in range(SECONDS):
        time.sleep(max(0.0, began + second + 1 - time.monotonic()))
        last = second == SECONDS - 1
        stopped = time.monotonic()
        sender.send(
            data[second * size :] if last else data[second * size : (second + 1) * size],
            whole=len(data) if last else None,
        )
    text = _wait_for_words(product, upload["recording"])
    took = time.monotonic() - stopped
    lasted = time.monotonic() - began
    sender.close()
    return {
        "ours_s": round(took, 2),
        "ours_cpu_s": round(processor_seconds(product) - before - idle * lasted, 2),
        "ours_wer": round(error_rate(said, plain(text)), 4),
    }


def _wait_for_words(product: Product, recording: str) -> str:
    with sqlite3.connect(f"file:{product.data / 'bothways.sqlite3'}?mode=ro", uri=True) as database:
        while True:
            found = database.execute(
                "SELECT state, machine, failure_detail FROM media_transcript WHERE recording_id = ?", [recording]
            ).fetchone()
            if found and found[0] == "ready":
                return " ".join(row["text"] for row in json.loads(found[1]))
            if found and found[0] == "failed":
                raise RuntimeError(found[2])
            time.sleep(0.05)


def _bare(model: Path, answer: Path, said: list[str]) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__).with_name("bare.py")), str(model), str(answer)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, env={"OMP_NUM_THREADS": "1"}
    )
    took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "bare_s": round(took, 2),
        "bare_cpu_s": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
        "bare_wer": round(error_rate(said, plain(done.stdout)), 4),
    }
