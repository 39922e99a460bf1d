"""The one door: bytes in and out and static files by Starlette, pages by Django, sockets of rooms by Channels."""

import gc
import os

from django.conf import settings
from django.core.asgi import get_asgi_application
from starlette.types import ASGIApp, Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bothways.config.settings")
pages = get_asgi_application()

from bothways.web.bytes.product import bytes_app  # noqa: E402  Models can be imported once Django is set up.
from bothways.web.bytes.static import StaticFiles  # noqa: E402
from bothways.web.live.sockets import room_sockets  # noqa: E402

BYTES = ("/u/", "/d/")


def make_application() -> ASGIApp:
    """All behind one door, over the settings in force."""
    media = bytes_app()
    rooms = room_sockets()
    static = pages if settings.DEBUG else StaticFiles(settings.STATIC_ROOT, settings.STATIC_URL)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if scope["type"] == "websocket":
            await rooms(scope, receive, send)
        elif path.startswith(BYTES):
            await media(scope, receive, send)
        elif path.startswith(settings.STATIC_URL):
            await static(scope, receive, send)
        else:
            await pages(scope, receive, send)

    return application


application = make_application()

# What is loaded by now stays. Each full collection would walk through it again, and hold up everybody for 0.1 s.
gc.collect()
gc.freeze()
