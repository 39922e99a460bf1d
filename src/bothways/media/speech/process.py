"""Keep one process of the local engine warm: loading a model takes a second or two, which nobody waits for twice."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bothways.lib.import_path import import_path
from bothways.media.speech.contract import SpeechFailure

_START = (
    "import sys; sys.path[:0] = sys.argv[1].split(':'); from bothways.media.speech.child import main; main(sys.argv[2])"
)


class WarmProcess:
    """Started with the first question, and again after it has died. One question at a time."""

    def __init__(self, *, folder: Path, threads: int, memory_mb: int, niceness: int) -> None:
        memory_bytes = memory_mb * 1024 * 1024
        self.order = json.dumps(
            {"folder": str(folder), "threads": threads, "memory_bytes": memory_bytes, "niceness": niceness}
        )
        self._threads = threads
        self._owner = os.getpid()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer to one question, within so many seconds.

        Raises:
            SpeechFailure: the engine says so, takes too long, or has died.
        """
        answer, code = self._try(question, seconds)
        if answer is None and code == 0:  # it went to sleep in the moment in which it was asked
            answer, code = self._try(question, seconds)
        if answer is None:
            raise SpeechFailure(f"The engine ended ({code}). The log may say why.", permanent=False)
        if "failed" in answer:
            raise SpeechFailure(answer["failed"]["words"], permanent=answer["failed"]["permanent"])
        return answer["heard"]

    def _try(self, question: dict[str, Any], seconds: float) -> tuple[dict[str, Any] | None, int]:
        """Its answer; None and how it ended where it ended instead."""
        process = self._running()
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.flush()
            answer = self._listen(process, time.monotonic() + seconds)
            if answer is not None:
                return answer, 0
        code = process.wait()
        self.end()
        return None, code

    def end(self) -> None:
        """Give the memory back. The next question starts it anew."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in filter(None, (process.stdin, process.stdout)):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # forked: the pipes are the parent's
            self._owner, self._process = os.getpid(), None
        if self._process is not None and self._process.poll() is not None:
            self.end()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
                [sys.executable, "-I", "-S", "-c", _START, import_path("bothways", "faster_whisper"), self.order],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={
                    "HF_HUB_OFFLINE": "1",
                    "HF_HUB_DISABLE_TELEMETRY": "1",
                    "OMP_NUM_THREADS": str(self._threads),
                },
                cwd="/",
            )
        return self._process

    def _listen(self, process: subprocess.Popen[bytes], deadline: float) -> dict[str, Any] | None:
        """The next line as JSON; None when the process has ended instead."""
        assert process.stdout is not None
        said = b""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while not said.endswith(b"\n"):
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    self.end()
                    raise SpeechFailure("The engine took too long and was ended.", permanent=False)
                data = os.read(process.stdout.fileno(), 65536)
                if not data:
                    return None
                said += data
        return json.loads(said)
