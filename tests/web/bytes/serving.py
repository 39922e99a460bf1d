"""A running upload server for tests, and a plain client that shows every byte of the talk."""

import contextlib
import datetime as dt
import http.client
import json
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

import bothways
from bothways.web.bytes.tus import Grant, Limits
from tests.web.bytes.standalone import assemble

ROOT = Path(bothways.__file__).parents[2]
PART = "application/offset+octet-stream"
Body = bytes | Iterable[bytes] | None


class Served:
    """Where the server is, and what stands behind it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        _, self.store, self.gate = assemble(folder)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/u/"

    def issue(self, *, length: int | None = None, max_bytes: int = 10**9, expires_in: float = 3600) -> "Talk":
        """A new upload and somebody who holds its token."""
        grant = Grant(
            upload_id=str(uuid.uuid4()),
            key=f"{uuid.uuid4()}/{uuid.uuid4()}/original",
            max_bytes=max_bytes,
            length=length,
            expires_at=dt.datetime.now(dt.UTC) + dt.timedelta(seconds=expires_in),
            completed=False,
        )
        token = uuid.uuid4().hex
        self.gate.issue(token, grant)
        return Talk(self, grant, token)


class Talk:
    """One sender's side of one upload."""

    def __init__(self, served: Served, grant: Grant, token: str) -> None:
        self.served = served
        self.grant = grant
        self.token = token

    @property
    def path(self) -> str:
        return f"/u/{self.grant.upload_id}"

    def stored(self) -> bytes:
        size = self.served.store.size(self.grant.key) or 0
        return b"".join(self.served.store.open_range(self.grant.key, 0, size)) if size else b""

    def is_finished(self) -> bool:
        return self.served.gate.is_finished(self.grant.upload_id)

    def headers(self, **more: str | None) -> dict[str, str]:
        """Those of a well-behaved client; `None` leaves one out."""
        usual: dict[str, str | None] = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {self.token}"}
        usual |= {name.replace("_", "-"): value for name, value in more.items()}
        return {name: value for name, value in usual.items() if value is not None}

    def ask(self, method: str, path: str | None = None, body: Body = None, **more: str | None) -> "Said":
        return ask(self.served.port, method, self.path if path is None else path, self.headers(**more), body)

    def head(self) -> int:
        said = self.ask("HEAD")
        assert said.status == 200, said.status
        return int(said["Upload-Offset"])

    def patch(self, offset: int, body: bytes | Iterable[bytes], **more: str | None) -> "Said":
        return self.ask("PATCH", body=body, **{"Upload_Offset": str(offset), "Content_Type": PART, **more})

    @contextlib.contextmanager
    def half_a_part(self, offset: int, sent: bytes, announced: int, **more: str) -> Iterator[socket.socket]:
        """A PATCH that announces more than it sends, and then says nothing."""
        headers = self.headers(Upload_Offset=str(offset), Content_Type=PART, Content_Length=str(announced), **more)
        lines = [f"PATCH {self.path} HTTP/1.1", "Host: here", *(f"{name}: {value}" for name, value in headers.items())]
        with socket.create_connection(("127.0.0.1", self.served.port), timeout=20) as line:
            line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + sent)
            yield line

    def wait_until_stored(self, size: int) -> None:
        wait_until(lambda: (self.served.store.size(self.grant.key) or 0) >= size)


class Said:
    """An answer, read to its end."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def __getitem__(self, name: str) -> str:
        return self.headers[name]

    @property
    def code(self) -> str:
        return json.loads(self.body)["error"]["code"]

    @property
    def words(self) -> str:
        return json.loads(self.body)["error"]["words"]


def ask(port: int, method: str, path: str, headers: dict[str, str], body: Body = None) -> Said:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        return Said(connection.getresponse())
    finally:
        connection.close()


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.005)


@contextlib.contextmanager
def served_here(folder: Path, limits: Limits | None = None, *, reserve_bytes: int = 0) -> Iterator[Served]:
    """In a thread of this process."""
    app, _, _ = assemble(folder, limits, reserve_bytes=reserve_bytes)
    with running(app) as port:
        yield Served(folder, port)


@contextlib.contextmanager
def running(app: ASGIApp) -> Iterator[int]:
    """Any application, on a free port of this machine."""
    config = uvicorn.Config(app, port=0, log_level="error", access_log=False, timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


class Process:
    """A server in a process of its own, which can be killed and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.served = Served(folder, free.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.web.bytes.standalone", str(self.served.folder), str(self.served.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT / "src")})
        wait_until(self._answers)

    def kill(self) -> None:
        """kill -9: nothing is said, nothing is written."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> "Process":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            return ask(self.served.port, "OPTIONS", "/u/", {}).status == 204
        return False
