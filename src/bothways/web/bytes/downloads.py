"""`/d/<address>`: media for one viewer, streamed, with ranges, so that players can seek."""

from collections.abc import AsyncIterator

from django.utils.translation import gettext_lazy as _
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bothways.media.addresses import AddressOver, read_address
from bothways.media.models import Rendition
from bothways.media.queries.renditions import rendition_with_recording
from bothways.media.store import NoSuchObject, Store

from .gate import in_database
from .ranges import Unsatisfiable, wanted_range
from .refusals import Refusal
from .threads import Threads
from .viewers import may_view

NAMES = {
    "video/webm": "recording.webm",
    "video/mp4": "recording.mp4",
    "audio/webm": "recording.webm",
    "audio/mp4": "recording.m4a",
    "audio/wav": "recording.wav",
    "image/jpeg": "poster.jpg",
    "application/json": "levels.json",
}
"""What we make and hand out, with a name that tells nothing about anybody. Any other type goes out as plain bytes."""


class Downloads:
    """One for each process."""

    def __init__(self, *, store: Store, disk: Threads, database: Threads) -> None:
        self._store = store
        self._disk = disk
        self._database = database

    async def answer(self, request: Request, address: str) -> Response:
        if request.method not in ("GET", "HEAD"):
            raise Refusal(405, "wrong_method", _("This address is for watching only."), {"Allow": "GET, HEAD"})
        rendition = await in_database(self._database, _permitted, address)
        size = await self._disk.run(self._store.size, rendition.store_key)
        if size is None:
            raise _nothing()
        etag = f'"{rendition.id.hex}-{size}"'
        headers = {**_headers(rendition), "ETag": etag}
        try:
            part = wanted_range(_range_header(request, etag), size)
        except Unsatisfiable:
            return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
        start, end = part or (0, size)
        headers["Content-Length"] = str(end - start)
        if part:
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        status = 206 if part else 200
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers)
        return StreamingResponse(self._pieces(rendition.store_key, start, end), status, headers)

    async def _pieces(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        try:
            pieces = await self._disk.run(self._store.open_range, key, start, end)
        except NoSuchObject:
            return
        while piece := await self._disk.run(next, pieces, None):
            yield piece


def _permitted(signed: str) -> Rendition:
    """The rendition that the address names, if its viewer may watch it now.

    Raises:
        Refusal: 404 without saying why, or 410 for an address that was right but is too old.
    """
    try:
        address = read_address(signed)
    except AddressOver:
        words = _("You were away for a while, so this address is no longer good. Reload the page to go on.")
        raise Refusal(410, "address_over", words) from None
    rendition = rendition_with_recording(address.rendition_id) if address else None
    if address is None or rendition is None:
        raise _nothing()
    if not may_view(address.viewer_kind, address.viewer_id, rendition):
        raise _nothing()
    return rendition


def _nothing() -> Refusal:
    return Refusal(404, "not_found", _("There is nothing to watch at this address for you. Reload the page."))


def _range_header(request: Request, etag: str) -> str | None:
    """`Range`, unless `If-Range` names another version than ours: then the whole is wanted."""
    if request.headers.get("if-range", etag) != etag:
        return None
    return request.headers.get("range")


def _headers(rendition: Rendition) -> dict[str, str]:
    name = NAMES.get(rendition.mime)
    return {
        "Content-Type": rendition.mime if name else "application/octet-stream",
        "Content-Disposition": f'inline; filename="{name}"' if name else "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
    }
