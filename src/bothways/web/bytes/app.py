"""The application for bytes: `/u/` takes them in, `/d/` gives them out.

It speaks ASGI itself and takes from Starlette what it needs, because its routing and its layers of error handling cost
more than all else that a part of an upload needs besides copying it.
"""

import logging
from collections.abc import Awaitable, Callable

from django.utils.translation import gettext_lazy as _
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .refusals import Refusal
from .tus import Asked, TusServer

logger = logging.getLogger(__name__)

Download = Callable[[Request, str], Awaitable[Response]]


class BytesApp:
    """Every refusal and every error leaves it as JSON with words."""

    def __init__(self, tus: TusServer, download: Download | None = None) -> None:
        self._tus = tus
        self._download = download

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Asked.of(scope, receive)
        try:
            response = await self._response(scope, asked)
        except Refusal as refusal:
            response = refusal.response(asked.headers.get("accept-language", ""))
        except Exception:
            logger.exception("%s %s failed", asked.method, scope["path"][:60])
            response = _failed().response(asked.headers.get("accept-language", ""))
        await response(scope, receive, send)

    async def _response(self, scope: Scope, asked: Asked) -> Response:
        path: str = scope["path"]
        if path.startswith("/u/"):
            return await self._tus.answer(asked)
        if path.startswith("/d/") and self._download:
            return await self._download(Request(scope), path.removeprefix("/d/"))
        raise Refusal(404, "not_found", _("There is nothing at this address. Open your link again, then go on."))


def _failed() -> Refusal:
    words = _("Something broke on our side. What arrived before is safe. Try again in a moment.")
    return Refusal(500, "failed", words)
