"""A room of somebody else: relays what browsers send one another, as the protocol says, with `websockets`."""

import asyncio
import contextlib
import json
import mimetypes
import threading
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

STATIC = Path(__file__).parents[3] / "src" / "bothways" / "static"
CAPS = {"bitrate": 500_000, "width": 320, "height": 180, "fps": 10}
EMPTY = "<!doctype html><html lang=en><title>Room</title><main></main></html>"


class MeetingPoint:
    """Runs in a thread of its own. A seat is the last part of the socket's address."""

    def __init__(self, ice: list[dict[str, Any]] | None = None) -> None:
        self.ice = ice or []
        self.port = 0
        self.signals = 0
        self._seats: dict[str, tuple[ServerConnection, str]] = {}
        self._loop = asyncio.new_event_loop()
        self._server: Server | None = None
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._run(self._start())

    def stop(self) -> None:
        """As when the server dies: all sockets break off. Seats are kept, as those in a database."""
        self._run(self._stop())

    def forget(self) -> None:
        """As when it was away for longer than a seat is kept."""
        self._seats.clear()

    def kick(self) -> None:
        """Every socket is cut, the server lives on."""
        self._run(self._kick())

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _start(self) -> None:
        self._server = await serve(self._meet, "127.0.0.1", self.port, process_request=self._page)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        assert self._server is not None
        await self._kick()
        self._server.close()
        await self._server.wait_closed()

    async def _kick(self) -> None:
        for connection, _ in list(self._seats.values()):
            connection.transport.abort()

    def _page(self, connection: ServerConnection, request: Request) -> Response | None:
        if request.path.startswith("/socket/"):
            return None
        if not request.path.startswith("/static/"):
            return _answer(EMPTY.encode(), "text/html")
        file = STATIC / request.path.removeprefix("/static/")
        return _answer(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "text/plain")

    async def _meet(self, connection: ServerConnection) -> None:
        assert connection.request is not None
        you = connection.request.path.rpartition("/")[2]
        epoch = json.loads(await connection.recv())["epoch"]
        before = self._seats.get(you)
        self._seats[you] = (connection, epoch)
        if before and before[0] is not connection:
            await before[0].close(4001)
        people = [_person(seat, of) for seat, (_, of) in self._seats.items() if seat != you]
        resumed = bool(before and before[1] == epoch)
        await _send(connection, "welcome", you=you, people=people, ice=self.ice, caps=CAPS, resumed=resumed)
        if resumed:
            await self._tell_others(you, "back", id=you)
        else:
            await self._tell_others(you, "join", person=_person(you, epoch))
        with contextlib.suppress(ConnectionClosed):
            async for frame in connection:
                await self._hear(connection, you, json.loads(frame))

    async def _hear(self, connection: ServerConnection, you: str, message: dict[str, Any]) -> None:
        if message["type"] == "time":
            await _send(connection, "time", c=message["c"], s=time.time() * 1000)
        elif message["type"] == "signal":
            self.signals += 1
            to = self._seats.get(message.pop("to"))
            if to:
                with contextlib.suppress(ConnectionClosed):
                    await _send(to[0], **{**message, "from": you})
        elif message["type"] == "bye":
            self._seats.pop(you, None)
            await self._tell_others(you, "leave", id=you)

    async def _tell_others(self, you: str, type: str, **body: Any) -> None:
        for seat, (connection, _) in list(self._seats.items()):
            if seat != you:
                with contextlib.suppress(ConnectionClosed):
                    await _send(connection, type, **body)


async def _send(connection: ServerConnection, type: str, **body: Any) -> None:
    await connection.send(json.dumps({"type": type, **body}))


def _person(seat: str, epoch: str) -> dict[str, Any]:
    return {"id": seat, "name": seat, "kind": "host", "title": "", "epoch": epoch, "media": None, "consent": None}


def _answer(body: bytes, kind: str) -> Response:
    headers = Headers([("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
    return Response(HTTPStatus.OK, "OK", headers, body)
