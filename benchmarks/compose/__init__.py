"""How much faster than the talk itself its sides are put together, beside ffmpeg's filter graph of the same files.

Two sides of a minute with a moving picture of 640 × 360 at 30 a second and a voice, the second one three seconds later.
"""

import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bothways.media.steps.calls import Side, compose
from tests.media.making import make_recording

SECONDS = 60
LATER = 3.0
TARGET = 2.0
"""Times real time: a talk of half an hour is there a quarter of an hour after it, on one busy processor."""


def run() -> dict[str, object]:
    """Print a table; return seconds, processor time and multiples of real time."""
    console = Console()
    rows: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="bothways-compose-") as name:
        folder = Path(name)
        size = {"size": (640, 360), "rate": 30}
        first = make_recording(folder / "first.webm", SECONDS, **size)
        options = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
        second = make_recording(
            folder / "second.mp4", SECONDS, form="mp4", picture="libx264", sound="libopus", options=options, **size
        )
        sides = [Side(first, 0, 0, SECONDS), Side(second, 1, LATER, SECONDS)]
        talk = SECONDS + LATER
        rows["ours"] = _measured(lambda: compose(sides, [(0, talk)], folder), talk)
        ffmpeg = shutil.which("ffmpeg")
        if ffmpeg:
            rows["ffmpeg"] = _measured(lambda: _graph(ffmpeg, first, second, folder / "graph.mp4"), talk)
    console.print(_table(rows))
    met = rows["ours"]["by_processor"] > TARGET
    console.print(
        f"{rows['ours']['by_processor']:.1f} × real time; target {TARGET:.0f} × {'met' if met else 'NOT met'}."
    )
    return {"seconds_of_talk": SECONDS + LATER, "rows": rows, "target": TARGET, "met": met}


def _measured(work: Callable[[], object], talk: float) -> dict[str, float]:
    """`by_processor` does not depend on what else the machine does."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": took, "cpu_seconds": cpu, "by_clock": talk / took, "by_processor": talk / cpu}


def _graph(ffmpeg: str, first: Path, second: Path, target: Path) -> None:
    """The usual graph: pad, scale, put side by side; delay, join."""
    pictures = "fps=30:start_time=0,scale=640:360,setsar=1"
    sound = "aresample=48000:async=1:first_pts=0"
    graph = (
        f"[0:v]{pictures}[a];[1:v]{pictures},tpad=start_duration={LATER}[b];[a][b]hstack[v];"
        f"[0:a]{sound}[c];[1:a]{sound},adelay={LATER * 1000:.0f}:all=1[d];[c][d]join=inputs=2:channel_layout=stereo[s]"
    )
    order = [ffmpeg, "-v", "error", "-y", "-i", str(first), "-i", str(second), "-filter_complex", graph]
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-threads", "1", "-c:a", "aac"]
    subprocess.run([*order, "-map", "[v]", "-map", "[s]", *encode, str(target)], check=True)


def _table(rows: dict[str, dict[str, float]]) -> Table:
    table = Table("put together", "seconds", "processor", "× real time", "× by processor")
    for name, row in rows.items():
        figures = (row["seconds"], row["cpu_seconds"], row["by_clock"], row["by_processor"])
        table.add_row(name, *(f"{figure:.1f}" for figure in figures))
    return table
