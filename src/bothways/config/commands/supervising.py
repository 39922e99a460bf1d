"""Keeps the parts of the product running: starts them, starts them again when they die, ends them together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
LONGEST_PAUSE_S = 30.0
STEADY_AFTER_S = 20.0
GRACE_S = 15.0


@dataclass
class Part:
    """One process of the product: a name for people and the arguments of `./bothways`."""

    name: str
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause_s: float = field(default=0.5)
    start_after: float = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 our own command
            [sys.executable, "-m", "bothways.config.commands", *self.arguments],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal_group(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def note_end(self) -> None:
        """End what the dead process left behind and plan the next start, a little later each time it dies young."""
        assert self.process is not None
        self.signal_group(signal.SIGKILL)
        lived = time.monotonic() - self.started_at
        self.pause_s = 0.5 if lived > STEADY_AFTER_S else min(self.pause_s * 2, LONGEST_PAUSE_S)
        self.start_after = time.monotonic() + self.pause_s
        sys.stderr.write(f"The part {self.name} ended ({self.process.returncode}); it starts again.\n")
        self.process = None


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def supervise(parts: Sequence[Part], when_started: Callable[[], None] | None = None) -> int:
    """Run all parts until SIGINT or SIGTERM. Returns 0."""
    ending = False

    def end(*_: object) -> None:
        nonlocal ending
        ending = True

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    _tend(parts)
    if when_started:
        when_started()
    while not ending:
        _tend(parts)
        time.sleep(0.2)
    _end_all(parts)
    return 0


def _tend(parts: Sequence[Part]) -> None:
    for part in parts:
        if part.has_ended():
            part.note_end()
        elif part.process is None and time.monotonic() >= part.start_after:
            part.start()


def _end_all(parts: Sequence[Part]) -> None:
    running = [part for part in parts if part.process is not None]
    for part in running:
        part.process.terminate()  # type: ignore[union-attr]
    deadline = time.monotonic() + GRACE_S
    while time.monotonic() < deadline and any(not part.has_ended() for part in running):
        time.sleep(0.05)
    for part in running:
        part.signal_group(signal.SIGKILL)
