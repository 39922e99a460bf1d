"""The least that a server between two pages must do: hand the text of one to the other. For uvicorn."""

from typing import Any

_seats: dict[str, Any] = {}
"""By the address of each, which ends in 0 or 1: the other one's is the same but for that."""


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "websocket":
        return
    own = scope["path"]
    other = own[:-1] + ("1" if own.endswith("0") else "0")
    await receive()
    await send({"type": "websocket.accept"})
    _seats[own] = send
    while (event := await receive())["type"] == "websocket.receive":
        await _seats[other]({"type": "websocket.send", "text": event["text"]})
