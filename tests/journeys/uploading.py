"""A device that uploads as the recorder does, without a browser, and never gives up."""

import base64
import hashlib
import http.client
import json
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

PART_BYTES = 100_000
PAUSE_S = 0.15
RETRY_S = 0.15


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def offset(self) -> int:
        return int(self.headers["Upload-Offset"])


@dataclass
class SentTake:
    """One take as its device knows it. `acknowledged`: how many bytes the server has said are safe."""

    place: int
    file: Path
    finishes_early: bool
    client_key: str = field(default_factory=lambda: str(uuid.uuid4()))
    acknowledged: int = 0
    state: str = "new"
    opened: dict[str, Any] = field(default_factory=dict)


class Device:
    """Takes of one candidate, one after the other.

    `lost` has every moment at which the server had less than it had said; `errors` every answer that says that the
    server is broken. Both stay empty however often its processes die.
    """

    def __init__(self, port: int, link: str, files: Sequence[Path], give_up_at: float) -> None:
        self.takes: list[SentTake] = []
        self.lost: list[str] = []
        self.errors: list[str] = []
        self.broken_lines = 0
        self._port = port
        self._link = link
        self._files = files
        self._give_up_at = give_up_at
        self._line: http.client.HTTPConnection | None = None
        self._csrf = ""

    def record_while(self, more: Callable[[], bool]) -> None:
        """Record take after take, and bring the last one to its end."""
        number = 0
        while more():
            file = self._files[number % len(self._files)]
            take = SentTake(place=number % 4 + 1, file=file, finishes_early=number % 2 == 1)
            self.takes.append(take)
            self.send(take)
            number += 1

    def send(self, take: SentTake) -> None:
        content = take.file.read_bytes()
        self._open(take)
        while take.acknowledged < len(content):
            is_last = take.acknowledged + PART_BYTES >= len(content)
            if is_last and take.finishes_early:
                self._finish(take, len(content))
            if not self._send_part(take, content):
                self._ask_offset(take)
            time.sleep(PAUSE_S)
        self._finish(take, len(content))

    def wait_until_settled(self, give_up_at: float) -> None:
        self._give_up_at = give_up_at
        for take in self.takes:
            while take.state in ("receiving", "received"):
                self._pause()
                take.state = self._insist("GET", take.opened["take_url"]).json()["state"]

    def _open(self, take: SentTake) -> None:
        """Ask for the take; asked again, the same one with a new key."""
        sent = {"client_key": take.client_key, "kind": "video", "mime": "video/webm"}
        take.opened = self._insist("POST", f"/i/{self._link}/questions/{take.place}/takes", sent).json()

    def _finish(self, take: SentTake, size: int) -> None:
        sent = {"bytes": size, "duration_ms": 10_000, "mime": "video/webm"}
        take.state = self._insist("POST", f"{take.opened['take_url']}/finish", sent).json()["state"]

    def _send_part(self, take: SentTake, content: bytes) -> bool:
        part = content[take.acknowledged : take.acknowledged + PART_BYTES]
        headers = {
            **self._upload_headers(take),
            "Upload-Offset": str(take.acknowledged),
            "Content-Type": "application/offset+octet-stream",
            "Upload-Checksum": "sha256 " + base64.b64encode(hashlib.sha256(part).digest()).decode(),
        }
        answer = self._ask("PATCH", take.opened["upload"]["url"], part, headers)
        if answer is None or answer.status != 204:
            return False
        self._note_offset(take, answer.offset)
        return True

    def _ask_offset(self, take: SentTake) -> None:
        while True:
            answer = self._ask("HEAD", take.opened["upload"]["url"], None, self._upload_headers(take))
            if answer and answer.status == 200:
                self._note_offset(take, answer.offset)
                return
            if answer and answer.status in (401, 404):
                self._open(take)
            self._pause()

    def _note_offset(self, take: SentTake, offset: int) -> None:
        if offset < take.acknowledged:
            self.lost.append(f"{take.opened['upload']['url']}: {take.acknowledged} were safe, now {offset}")
        take.acknowledged = offset

    def _insist(self, method: str, path: str, sent: dict[str, Any] | None = None) -> Answer:
        """Ask until the server says yes."""
        while sent is not None and not self._csrf:
            self._fetch_csrf()
        headers = {
            "Content-Type": "application/json",
            "Cookie": f"csrftoken={self._csrf}",
            "X-CSRFToken": self._csrf,
        }
        while True:
            answer = self._ask(method, path, None if sent is None else json.dumps(sent).encode(), headers)
            if answer and answer.status < 300:
                return answer
            if answer and answer.status < 500:
                raise AssertionError(f"{method} {path}: {answer.status} {answer.body[:300]!r}")
            self._pause()

    def _fetch_csrf(self) -> None:
        answer = self._ask("GET", f"/i/{self._link}/questions/1/", None, {})
        if answer and answer.status == 200:
            self._csrf = SimpleCookie(answer.headers["Set-Cookie"])["csrftoken"].value
        else:
            self._pause()

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer | None:
        """One request, `None` if the line broke."""
        self._line = self._line or http.client.HTTPConnection("localhost", self._port, timeout=20)
        try:
            self._line.request(method, path, body, headers)
            response = self._line.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException):
            self.broken_lines += 1
            self._line.close()
            self._line = None
            return None
        if answer.status >= 500:
            self.errors.append(f"{method} {path}: {answer.status} {answer.body[:300]!r}")
        return answer

    def _pause(self) -> None:
        if time.monotonic() > self._give_up_at:
            raise TimeoutError(f"the server does not come back; it last said {self.errors[-3:]}")
        time.sleep(RETRY_S)

    @staticmethod
    def _upload_headers(take: SentTake) -> dict[str, str]:
        return {"Authorization": f"Bearer {take.opened['upload']['token']}", "Tus-Resumable": "1.0.0"}
