"""Parts of the surroundings that some tests need: a browser, a database server, a foreign client.

Where a part is missing, its tests are left out and the summary says so in words. In CI a missing part is a failure.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

WEBKIT = Path("/usr/share/doc/gir1.2-webkit2-4.1")
PSYCH = Path("/usr/lib/R/site-library/psych")
MODEL = Path(__file__).parents[1] / ".data" / "test" / "models" / "tiny.en"
FOREIGN = Path(__file__).parent / "foreign" / "node_modules"


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    is_there: Callable[[], bool]


def _has(*programs: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(program) for program in programs)


PARTS = {
    "needs_chromium": Part("Chromium", _has("chromium")),
    "needs_firefox": Part("Firefox ESR", _has("firefox-esr")),
    "needs_webkit": Part("WebKitGTK", lambda: WEBKIT.is_dir() and bool(shutil.which("xvfb-run"))),
    "needs_coturn": Part("coturn", _has("turnserver")),
    "needs_nginx": Part("nginx", _has("nginx")),
    "needs_poppler": Part("pdftotext of Poppler", _has("pdftotext")),
    "needs_redis": Part("Redis", _has("redis-server")),
    "needs_r": Part("R with its package psych", lambda: bool(shutil.which("Rscript")) and PSYCH.is_dir()),
    "needs_node": Part(
        "Node with the packages of tests/foreign", lambda: bool(shutil.which("node")) and FOREIGN.is_dir()
    ),
    "needs_speech": Part("the model for speech", lambda: bool(find_spec("faster_whisper")) and MODEL.is_dir()),
    "needs_root": Part("the right to mount a disk", lambda: os.geteuid() == 0),
    "needs_postgresql": Part("PostgreSQL", lambda: "postgres" in os.environ.get("BOTHWAYS_DATABASE_URL", "")),
}


class LeftOut:
    """Leaves out what cannot run here, and says so in the summary, also when several processes share the tests."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        missing = {marker: part.name for marker, part in PARTS.items() if not part.is_there()}
        kept, out = [], []
        for item in items:
            lacks = [name for marker, name in missing.items() if item.get_closest_marker(marker)]
            (out if lacks else kept).append(item)
            for name in lacks:
                self.counts[name] = self.counts.get(name, 0) + 1
        if out:
            config.hook.pytest_deselected(items=out)
            items[:] = kept

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.counts |= getattr(node, "workeroutput", {}).get("left_out", {})

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["left_out"] = self.counts
        if set(self.counts) - {PARTS["needs_postgresql"].name} and os.environ.get("CI"):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name, count in sorted(self.counts.items()):
            terminalreporter.write_line(
                f"Left out, because {name} is not here: {count} of the tests. See tests/parts.sh."
            )
