"""The servers that are compared: how each is started and how it wants its bytes."""

import base64
import contextlib
import hashlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from .cost import Sender

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent


class Server(Protocol):
    name: str

    def running(self) -> contextlib.AbstractContextManager[Sender]:
        """Started afresh, and stopped with the context. Its files are gone then.

        That matters: on a virtual machine the first touch of a page costs more than writing it, and whoever comes later
        would pay for it.
        """
        ...


class Nginx:
    """One worker, WebDAV PUT: each part becomes a file, which is all that nginx can do by itself."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.name = "nginx PUT, each part synced" if durable else "nginx PUT"
        self.port = free_port()
        self.pid = 0
        self._folder = folder
        self._durable = durable

    @contextlib.contextmanager
    def running(self) -> Iterator[Sender]:
        for name in ("files", "bodies"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        config = (HERE / "nginx.conf").read_text().replace("FOLDER", str(self._folder)).replace("PORT", str(self.port))
        # As root, the worker would become another user, who may not write here.
        user = "user root;\n" if os.geteuid() == 0 else ""
        (self._folder / "nginx.conf").write_text(user + config)
        environment = {"LD_PRELOAD": str(self._library())} if self._durable else {}
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(self._folder / "nginx.conf")]
        with started(command, self.port, environment) as self.pid:
            yield self
        shutil.rmtree(self._folder / "files")

    def requests(self, connection: int, parts: int, part: bytes) -> list[bytes]:
        return [
            request_head("PUT", f"/{connection}/{number}", {"Content-Length": str(len(part))})
            for number in range(parts)
        ]

    def _library(self) -> Path:
        library = self._folder / "sync_before_rename.so"
        if not library.exists():
            subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, HERE / "sync_before_rename.c"], check=True)
        return library


class NodeTus:
    """@tus/server with its file store, as its documentation starts it."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.name = "@tus/server, each part synced" if durable else "@tus/server"
        self.port = free_port()
        self.pid = 0
        self._folder = folder
        self._durable = durable

    @contextlib.contextmanager
    def running(self) -> Iterator[Sender]:
        self._folder.mkdir(parents=True)
        command = ["node", "tus-server.mjs", str(self._folder), str(self.port), str(int(self._durable))]
        with started(command, self.port, {}, ROOT / "tests" / "foreign") as self.pid:
            yield self
        shutil.rmtree(self._folder)

    def requests(self, connection: int, parts: int, part: bytes) -> list[bytes]:
        path = create(self.port, "/files", {"Upload-Length": str(parts * len(part))})
        return patches(path, {}, parts, part)


class Bothways:
    """The whole product, as `bothways web` runs it, on SQLite. It always syncs."""

    def __init__(self, folder: Path, *, length_known: bool, checksum: bool) -> None:
        kind = "length known" if length_known else "length open"
        self.name = f"Bothways, {kind}{', sha256 checked' if checksum else ''}"
        self.port = free_port()
        self.pid = 0
        self._folder = folder
        self._length_known = length_known
        self._checksum = checksum
        self._environment = {"PYTHONPATH": str(ROOT / "src"), "BOTHWAYS_DATA_DIR": str(folder)}

    @contextlib.contextmanager
    def running(self) -> Iterator[Sender]:
        self._folder.mkdir(parents=True, exist_ok=True)
        answer = subprocess.run(
            [sys.executable, HERE / "issuing.py", "8"],
            env=os.environ | self._environment,
            check=True,
            stdout=subprocess.PIPE,
        )
        self._tokens = json.loads(answer.stdout)
        options = ["--data", str(self._folder), "--port", str(self.port)]
        command = [sys.executable, "-m", "bothways.config.commands", "web", *options]
        with started(command, self.port, self._environment) as self.pid:
            yield self
        shutil.rmtree(self._folder / "store")

    def requests(self, connection: int, parts: int, part: bytes) -> list[bytes]:
        token = {"Authorization": f"Bearer {self._tokens[connection]}"}
        length = {"Upload-Length": str(parts * len(part))} if self._length_known else {"Upload-Defer-Length": "1"}
        path = create(self.port, "/u/", {**token, **length})
        digest = base64.b64encode(hashlib.sha256(part).digest()).decode()
        checksum = {"Upload-Checksum": f"sha256 {digest}"} if self._checksum else {}
        return patches(path, {**token, **checksum}, parts, part)


def create(port: int, path: str, headers: dict[str, str]) -> str:
    """The path of a new upload."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", path, headers={"Tus-Resumable": "1.0.0", **headers})
    answer = connection.getresponse()
    if answer.status != 201:
        raise RuntimeError(f"{answer.status} {answer.read()!r}")
    location = answer.headers["Location"]
    connection.close()
    return "/" + location.split("/", 3)[3] if location.startswith("http") else location


def patches(path: str, headers: dict[str, str], parts: int, part: bytes) -> list[bytes]:
    usual = {
        "Tus-Resumable": "1.0.0",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(part)),
        **headers,
    }
    offsets = [number * len(part) for number in range(parts)]
    return [request_head("PATCH", path, {**usual, "Upload-Offset": str(offset)}) for offset in offsets]


def request_head(method: str, path: str, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def started(command: list[str], port: int, environment: dict[str, str], folder: Path = ROOT) -> Iterator[int]:
    """The process's id, once its port answers."""
    process = subprocess.Popen(command, env=os.environ | environment, cwd=folder)
    try:
        until = time.monotonic() + 30
        while not _answers(port):
            if time.monotonic() > until or process.poll() is not None:
                raise RuntimeError(f"{command[0]} does not answer")
            time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
