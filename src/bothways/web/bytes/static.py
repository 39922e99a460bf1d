"""Styles, scripts and fonts: WhiteNoise knows which file and which compression; they never pass through Django."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from whitenoise import WhiteNoise

HASHED = r"^.+\.[0-9a-f]{12}\..+$"
"""Names that change with their content, so that browsers may keep such files for ever."""


class StaticFiles:
    """The collected files below one prefix, read once when the process starts."""

    def __init__(self, folder: Path, prefix: str) -> None:
        self._files = WhiteNoise(None, root=str(folder), prefix=prefix, immutable_file_test=HASHED)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._response(Request(scope))
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        found = self._files.files.get(request.url.path)
        if found is None:
            return Response(status_code=404)
        asked = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
        answer = found.get_response(request.method, asked)
        body = b""
        if answer.file is not None:
            with answer.file as file:
                body = await run_in_threadpool(file.read)
        return Response(body, answer.status, dict(answer.headers))
