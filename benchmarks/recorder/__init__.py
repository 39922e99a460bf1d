"""What the recorder costs a candidate: bytes, waiting after Stop, processor, and the time until recording can start.

A real Chromium with a drawn camera records to a running product through a line that is as slow as it is told. Beside
it, in the same browser, a bare page with nothing but a camera and a MediaRecorder records the same: the least that
anybody must do.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks.recorder.person import Person
from tests.journeys.line import GOOD, Condition, Line
from tests.product import filled
from tests.recorder.conftest import _write_camera, _write_speech

STEPS = {"720p": 5_000_000, "480p": 1_000_000, "360p": 300_000}
LINES = {
    "1 Mbit/s": Condition(bits_per_s=1_000_000, delay_s=0.05),
    "250 kbit/s, 300 ms, 2 % lost": Condition(bits_per_s=250_000, delay_s=0.15, loss=0.02),
}
RECORDED_S = 20
READY_TARGET_S = 3.0


def run() -> dict[str, object]:
    """Prints the tables; returns bytes, seconds and ratios."""
    console = Console()
    chromium = shutil.which("chromium")
    if chromium is None:
        console.print("Chromium is not installed: see tests/parts.sh")
        return {"left_out": "Chromium is not installed"}
    with tempfile.TemporaryDirectory(prefix="bothways-recorder-") as name:
        folder = Path(name)
        _write_speech(folder / "speech.wav")
        _write_camera(folder / "camera.mjpeg")
        with filled(folder) as (product, links), Line(product.port) as line, sync_playwright() as playwright:
            link = links["candidate"].replace(f":{product.port}", f":{line.port}")
            person = Person(playwright, chromium, folder, link)
            person.agree()
            ready_s = person.ready_after()
            sizes = {step: person.bytes_a_minute(line, uplink, RECORDED_S) for step, uplink in STEPS.items()}
            sizes["voice"] = person.bytes_a_minute(line, STEPS["720p"], RECORDED_S, voice=True)
            waits = {}
            for named, condition in LINES.items():
                line.condition = condition
                waits[named] = person.wait_after_stop(condition.bits_per_s or 0, RECORDED_S)
                line.condition = GOOD
            ours, bare = person.cpu_share(RECORDED_S), person.bare_cpu_share(RECORDED_S)
    console.print(_table("Sent for a recorded minute", "MB", {step: size / 1e6 for step, size in sizes.items()}))
    console.print(_table(f"From Stop until all {RECORDED_S} s are on the server", "s", waits))
    console.print(f"Processor of the page while recording: {ours:.2f}, bare {bare:.2f}: {ours / bare:.2f} x")
    console.print(f"First question can be recorded after {ready_s:.2f} s: {ready_s / READY_TARGET_S:.2f} of the target")
    return {
        "bytes_a_minute": sizes,
        "wait_after_stop_s": waits,
        "cpu_share": {"ours": ours, "bare": bare, "ratio": round(ours / bare, 2)},
        "ready_s": {"at 1.6 Mbit/s, 4 x slower processor": ready_s, "of_target": round(ready_s / READY_TARGET_S, 2)},
    }


def _table(title: str, unit: str, rows: dict[str, float]) -> Table:
    table = Table("", unit, title=title)
    for name, value in rows.items():
        table.add_row(name, f"{value:.2f}")
    return table
