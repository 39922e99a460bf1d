"""Sockets of rooms as an ASGI application: `/live/<room>/socket`."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from channels.auth import AuthMiddlewareStack

from bothways.web.live.socket import RoomSocket

PATH = re.compile(r"/live/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/socket")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def room_sockets() -> Callable[[Message, Receive, Send], Awaitable[None]]:
    """Every other address is turned away before a socket is there."""
    room = AuthMiddlewareStack(RoomSocket.as_asgi())

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        found = PATH.fullmatch(scope["path"])
        if found is None:
            await send({"type": "websocket.close"})
            return
        asked = parse_qs(scope["query_string"].decode("latin-1"))
        await room({**scope, "room_id": found[1], "ticket": asked.get("ticket", [""])[0]}, receive, send)

    return application
