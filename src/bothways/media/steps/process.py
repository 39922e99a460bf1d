"""Run one step in a fresh process and bring back what it says, whatever becomes of it."""

import contextlib
import dataclasses
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bothways.lib.import_path import import_path
from bothways.media.steps.answers import made_file, read_line
from bothways.media.steps.failure import CRASHED, TOO_SLOW, MediaFailure
from bothways.media.steps.limits import Limits
from bothways.media.steps.orphans import ENTRY

_MOST_OUTPUT_BYTES = 64 * 1024
_NAMES = {number.value: number.name for number in signal.Signals}  # a step may end itself by one that has none
# A kill from outside (an operator, the kernel short of memory) may not happen again; a broken decoder will.
_PASSING_SIGNALS = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


def run_step(
    step: str,
    source: Path | Sequence[Path],
    folder: Path,
    limits: Limits,
    on_progress: Callable[[float], None] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Run `step` on `source`, writing into `folder`; returns the child's answer or raises MediaFailure.

    A step that joins gets several sources, in their order; `options` are the step's own. The child gets an empty
    environment, no standard input, no other descriptor, its own process group, and `limits`. Nothing of it is left when
    this returns, and a file it names was written by it.
    """
    order = {
        "step": step,
        "sources": [str(path.absolute()) for path in ([source] if isinstance(source, Path) else source)],
        "folder": str(folder.absolute()),
        "options": options,
        "limits": dataclasses.asdict(limits),
        "parent": os.getpid(),
    }
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        [sys.executable, "-I", "-S", "-c", ENTRY, import_path("bothways", "av"), json.dumps(order)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={},
        cwd=folder,
        start_new_session=True,
    )
    assert child.stdout is not None and child.stderr is not None
    try:
        lines = _Lines(on_progress)
        complaint = _listen(child, lines, time.monotonic() + limits.wall_seconds)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        child.stderr.close()
    if lines.answer is None:
        raise _silent_end(child.returncode, complaint)
    if "failed" in lines.answer:
        raise MediaFailure(**lines.answer["failed"])
    done = lines.answer["done"]
    if done.get("name") is not None:
        made_file(folder, done["name"])
    return done


class _Lines:
    """Takes the child's output apart: progress is passed on, the last word is kept."""

    def __init__(self, on_progress: Callable[[float], None] | None) -> None:
        self._on_progress = on_progress
        self._rest = b""
        self._seen = 0
        self.answer: dict[str, Any] | None = None

    def feed(self, data: bytes) -> None:
        self._seen += len(data)
        if self._seen > _MOST_OUTPUT_BYTES:
            raise MediaFailure(CRASHED, "the step said too much")
        *whole, self._rest = (self._rest + data).split(b"\n")
        for line in whole:
            said = read_line(line)
            if "progress" not in said:
                self.answer = said
            elif self._on_progress is not None:
                self._on_progress(said["progress"])


def _listen(child: subprocess.Popen[bytes], lines: _Lines, deadline: float) -> str:
    """Feed the child's lines until it closes its output; returns the end of what it wrote to standard error."""
    complaint = b""
    with selectors.DefaultSelector() as selector:
        for pipe in filter(None, (child.stdout, child.stderr)):
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise MediaFailure(TOO_SLOW, "ran past its time on the clock", permanent=False)
            for key, _ in selector.select(left):
                data = os.read(key.fd, 8192)
                if not data:
                    selector.unregister(key.fileobj)
                elif key.fileobj is child.stdout:
                    lines.feed(data)
                else:
                    complaint = (complaint + data)[-2000:]
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=5)
    return complaint.decode(errors="replace").strip()


def _silent_end(returncode: int, complaint: str) -> MediaFailure:
    if returncode == -signal.SIGXCPU:
        return MediaFailure(TOO_SLOW, "used up its processor time")
    if returncode == -signal.SIGALRM:
        return MediaFailure(TOO_SLOW, "ran past its time on the clock", permanent=False)
    if returncode < 0:
        name = _NAMES.get(-returncode, f"SIG{-returncode}")
        return MediaFailure(CRASHED, f"{name} {complaint}".strip(), permanent=-returncode not in _PASSING_SIGNALS)
    return MediaFailure(CRASHED, f"exit {returncode} {complaint}".strip(), permanent=False)
