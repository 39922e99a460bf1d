"""WebKitGTK in a window that nobody sees. Of Safari's kin, it is what runs here: voice records, video does not."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.journeys.driven import Driven, PageError

WINDOW = Path(__file__).with_name("webkit_window.py")
COMMAND = ["dbus-run-session", "--", "xvfb-run", "-a", "/usr/bin/python3", str(WINDOW)]


class WebKit(Driven):
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def goto(self, address: str) -> None:
        self._ask(goto=address)

    def evaluate(self, expression: str) -> Any:
        return self._ask(evaluate=expression)

    def _ask(self, **command: str) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        # The desktop's own daemons speak on the same line, in words.
        line = next((line for line in self._process.stdout if line.startswith("{")), None)
        assert line, "WebKitGTK has ended"
        answer = json.loads(line)
        if "error" in answer:
            raise PageError(answer["error"])
        return answer["is"]


@contextlib.contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """A fresh WebKitGTK whose files are in `folder`; all its processes are gone afterwards."""
    folder.mkdir()
    process = subprocess.Popen(
        COMMAND,
        env=os.environ | {"HOME": str(folder), "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "NO_AT_BRIDGE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=(folder / "said.log").open("w"),
        text=True,
        start_new_session=True,
    )
    try:
        yield WebKit(process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
