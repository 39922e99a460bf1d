"""The real product as processes of its own, for journeys and benchmarks."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.migrated import begin_migrated

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Product:
    """`./bothways <command>` on its own data, port and process group."""

    data: Path
    command: str = "up"
    arguments: Sequence[str] = ()
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    @property
    def base_url(self) -> str:
        return f"http://localhost:{self.port}"

    def command_line(self) -> list[str]:
        program = [sys.executable, "-m", "bothways.config.commands", self.command]
        return [*program, "--data", str(self.data), "--port", str(self.port), *self.arguments]

    def start(self) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BOTHWAYS_")}
        if "BOTHWAYS_DATABASE_URL" not in self.environment:
            begin_migrated(self.data / "bothways.sqlite3")
        self.process = subprocess.Popen(
            self.command_line(),
            env=kept | {"PYTHONPATH": str(ROOT / "src"), "BOTHWAYS_SPEECH_ENGINE": "none", **self.environment},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=(self.data.parent / f"{self.data.name}-{self.command}.log").open("a"),
            text=True,
            start_new_session=True,
        )

    def wait_until_it_answers(self, seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process is None or self.process.poll() is None, "the product ended before it answered"
            if self.answers():
                return
            time.sleep(0.1)
        raise TimeoutError(f"{self.base_url} does not answer")

    def answers(self) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.base_url}/health", timeout=5) as answer:
            return answer.status == 200
        return False

    def originals(self) -> list[Path]:
        """The files of all recordings as they came."""
        return list((self.data / "store").glob("objects/*/*/original"))

    def pids(self, part: str) -> list[int]:
        """Process ids of one part: "web", "short", "media" or "words"."""
        wanted = ["web"] if part == "web" else ["--lane", part]
        found = []
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                words = (folder / "cmdline").read_bytes().decode().split("\0")
                if str(self.data) in words and all(word in words for word in wanted):
                    found.append(int(folder.name))
        return found

    def kill(self, part: str) -> None:
        """kill -9 to every process of the part."""
        for pid in self.pids(part):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        for part in ("web", "short", "media", "words"):
            self.kill(part)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@contextlib.contextmanager
def database_of_its_own() -> Iterator[dict[str, str]]:
    """Settings for a product on the same kind of database as this test run, but apart from it."""
    url = os.environ.get("BOTHWAYS_DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {}
        return
    name = f"bothways_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {"BOTHWAYS_DATABASE_URL": url.rpartition("/")[0] + "/" + name}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def running(product: Product) -> Iterator[Product]:
    product.start()
    try:
        product.wait_until_it_answers()
        yield product
    finally:
        product.stop()


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[tuple[Product, dict[str, Any]]]:
    """A running demo and the object it prints."""
    product = Product(folder / "demo", command="demo", arguments=["--json"])
    with running(product):
        assert product.process is not None and product.process.stdout is not None
        yield product, json.loads(product.process.stdout.readline())
