"""Other people's clients against our server: tus-js-client (Node) and tuspy, also through kill -9 at random moments.

The kills are at least 50 in all. Their seed is printed; `BOTHWAYS_KILL_SEED` runs the same moments again.
"""

import hashlib
import json
import os
import queue
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from tests.web.bytes.serving import ROOT, Process, Served, Talk, served_here

KILLS = 26
"""With each of the two clients."""
CHUNK = 300_000
SEED = int(os.environ.get("BOTHWAYS_KILL_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_here(tmp_path_factory.mktemp("tus")) as served:
        yield served


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """5 MB and a few bytes, no multiple of any part."""
    path = tmp_path_factory.mktemp("source") / "recording.webm"
    path.write_bytes(random.Random(7).randbytes(5_000_011))
    return path


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class JsClient:
    """tus-js-client in a Node process. It resumes by itself."""

    def __init__(self, talk: Talk, file: Path, mode: str, chunk: int = CHUNK) -> None:
        task = {"endpoint": talk.served.url, "token": talk.token, "file": str(file), "mode": mode, "chunk": chunk}
        command = ["node", "upload.mjs", json.dumps(task)]
        self._process = subprocess.Popen(command, cwd=ROOT / "tests" / "foreign", stdout=subprocess.PIPE, text=True)
        self._events: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self._is_done = False
        self.kept = 0

    def is_done(self) -> bool:
        """Whether it says that all is uploaded."""
        while not self._events.empty():
            event = self._events.get()
            assert event["event"] != "failed", event
            self.kept = max(self.kept, event.get("offset", 0))
            if event["event"] == "done":
                self._end()
                self._is_done = True
        return self._is_done

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._events.put(json.loads(line))

    def _end(self) -> None:
        self._process.wait(20)
        self._reader.join()


class PyClient:
    """tuspy in a thread. It is asked to go on whenever it gives up."""

    def __init__(self, talk: Talk, file: Path, mode: str, chunk: int = CHUNK) -> None:
        self._talk, self._file, self._chunk = talk, file, chunk
        self._checksum = mode == "checksum"
        self._thread = threading.Thread(target=self._send)
        self.kept = 0
        self._thread.start()

    def is_done(self) -> bool:
        return not self._thread.is_alive()

    def _send(self) -> None:
        client = TusClient(self._talk.served.url, headers=self._talk.headers())
        url = None
        while True:
            try:
                uploader = client.uploader(
                    str(self._file), chunk_size=self._chunk, url=url, upload_checksum=self._checksum
                )
                url = url or uploader.create_url()
                uploader.set_url(url)
                uploader.offset = uploader.get_offset()
                while uploader.offset < uploader.get_file_size():
                    uploader.upload_chunk()
                    self.kept = uploader.offset
                return
            except (TusUploadFailed, TusCommunicationError, OSError):
                time.sleep(0.03)


Client = Callable[[Talk, Path, str], JsClient | PyClient]


def wait_until_done(client: JsClient | PyClient) -> None:
    until = time.monotonic() + 60
    while not client.is_done():
        assert time.monotonic() < until, "the client did not come to its end"
        time.sleep(0.01)


@pytest.mark.needs_node
@pytest.mark.parametrize("mode", ["plain", "deferred", "with-data", "one-part"])
def test_tus_js_client(served: Served, recording: Path, mode: str) -> None:
    talk = served.issue()
    wait_until_done(JsClient(talk, recording, mode))
    assert talk.is_finished()
    assert sha256(talk.stored()) == sha256(recording.read_bytes())


@pytest.mark.parametrize("mode", ["plain", "checksum"])
def test_tuspy(served: Served, recording: Path, mode: str) -> None:
    talk = served.issue()
    wait_until_done(PyClient(talk, recording, mode))
    assert talk.is_finished()
    assert sha256(talk.stored()) == sha256(recording.read_bytes())


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("make_client", "modes"),
    [
        pytest.param(
            JsClient, ["plain", "deferred", "with-data", "one-part"], marks=pytest.mark.needs_node, id="tus-js-client"
        ),
        pytest.param(PyClient, ["plain", "checksum"], id="tuspy"),
    ],
)
def test_killed_at_random_moments(
    tmp_path: Path, make_client: Client, modes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """After each kill, what a client was told to be kept is there and right; in the end all bytes are equal."""
    chance = random.Random(SEED)
    kills = in_parts = uploads = 0
    with Process(tmp_path / "data") as process:
        while kills < KILLS:
            body = chance.randbytes(chance.randint(12_000_000, 25_000_000))
            file = tmp_path / f"recording-{uploads}"
            file.write_bytes(body)
            talk = process.served.issue()
            client = make_client(talk, file, modes[uploads % len(modes)])
            cuts = _kill_at_most(-(-KILLS // len(modes)), process, client, talk, body, chance)
            wait_until_done(client)
            kills, in_parts, uploads = kills + len(cuts), in_parts + sum(cuts), uploads + 1
            assert talk.is_finished()
            assert sha256(talk.stored()) == sha256(body)
            file.unlink()
    with capsys.disabled():
        words = f"{kills} kills in {uploads} uploads, {in_parts} of them inside a part, BOTHWAYS_KILL_SEED={SEED}"
        sys.stdout.write(f"\n{words}\n")


def _kill_at_most(
    count: int, process: Process, client: JsClient | PyClient, talk: Talk, body: bytes, chance: random.Random
) -> list[bool]:
    """One entry for each kill: whether bytes of a part that nobody acknowledged were there."""
    cuts: list[bool] = []
    while len(cuts) < count and not client.is_done():
        before = talk.served.store.size(talk.grant.key) or 0
        time.sleep(chance.uniform(0.0, 0.12))
        if client.is_done():
            break
        told = client.kept
        process.kill()
        stored = talk.stored()
        cuts.append(len(stored) > told)
        assert len(stored) >= max(before, told), "what was acknowledged is gone"
        assert stored == body[: len(stored)]
        process.start()
        _wait_for_progress(client, talk, len(stored))
    return cuts


def _wait_for_progress(client: JsClient | PyClient, talk: Talk, size: int) -> None:
    """Let the client find the server again, so that the next kill hits a running part."""
    until = time.monotonic() + 30
    while not client.is_done() and (talk.served.store.size(talk.grant.key) or 0) <= size:
        assert time.monotonic() < until, "the client does not go on"
        time.sleep(0.002)
