"""A real server and foreign clients: each person of a room is one `websockets` connection."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import uvicorn
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bothways.accounts.models import Member
from bothways.config.asgi import make_application
from bothways.config.commands.web import LARGEST_FRAME
from bothways.live.models import Room
from bothways.web.room_tickets import make_ticket
from tests.factories import make_token

PATIENCE_S = 20


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """The whole application on a free port, as `./bothways web` serves it."""
    assert get_resolver().url_patterns  # Loaded now, not inside the first verb that writes a mail.
    config = uvicorn.Config(
        make_application(), port=0, log_level="error", ws="websockets-sansio", ws_max_size=LARGEST_FRAME, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


class Peer:
    """One page of one person, reduced to its socket."""

    def __init__(self, socket: ClientConnection, epoch: str = "first") -> None:
        self.socket = socket
        self.seen: list[dict[str, Any]] = []
        with contextlib.suppress(ConnectionClosed):  # Who may not come in is put out before that.
            self.say("hello", epoch=epoch)

    def say(self, kind: str, **body: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **body}))

    def hear(self, *kinds: str) -> dict[str, Any]:
        """The next message of one of these kinds; what comes before it is kept in `seen`."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            message = json.loads(self.socket.recv(timeout=max(0.01, until - time.monotonic())))
            self.seen.append(message)
            if message["type"] in kinds:
                return message
        raise TimeoutError(f"no {kinds} among {[one['type'] for one in self.seen]}")

    def heard_until_now(self) -> list[str]:
        """Kinds of all that was on its way: the answer to a question of time comes behind it."""
        self.say("time", c=0)
        at = len(self.seen)
        self.hear("time")
        return [one["type"] for one in self.seen[at:-1]]

    def close_code(self) -> int:
        """Wait until the server closes, and tell with which code."""
        try:
            while True:
                self.seen.append(json.loads(self.socket.recv(timeout=PATIENCE_S)))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def leave(self) -> None:
        self.socket.close()


class Talk:
    """A room on a server, and the doors to it."""

    def __init__(self, port: int, room: Room) -> None:
        self.port, self.room = port, room
        self.token = make_token(room.interview)
        self._open = contextlib.ExitStack()

    def host(self, member: Member, epoch: str = "first", **more: Any) -> Peer:
        client = Client()
        client.force_login(member.user)
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        return Peer(self.line(headers={"Cookie": cookie}, **more), epoch)

    def candidate(self, epoch: str = "first", **more: Any) -> Peer:
        ticket = make_ticket(interview=self.room.interview, token=self.token)
        return Peer(self.line(ticket=ticket, **more), epoch)

    def line(
        self,
        *,
        room: Room | None = None,
        ticket: str = "",
        origin: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> ClientConnection:
        url = f"ws://127.0.0.1:{self.port}/live/{(room or self.room).id}/socket?ticket={ticket}"
        own = f"http://127.0.0.1:{self.port}"
        socket = connect(url, origin=own if origin is None else origin, additional_headers=headers or {}, max_size=None)
        return self._open.enter_context(socket)

    def together(self, *members: Member) -> tuple[Peer, ...]:
        """The hosts and the candidate, let in by the first of them, all in the room."""
        hosts = [self.host(member) for member in members]
        for one in hosts:
            one.hear("welcome")
        dee = self.candidate()
        hosts[0].say("admit", participant=hosts[0].hear("knock")["participant"]["id"])
        dee.hear("welcome")
        for one in hosts:
            one.hear("join")
        return (*hosts, dee)

    def close(self) -> None:
        self._open.close()
