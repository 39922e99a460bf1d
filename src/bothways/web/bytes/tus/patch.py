"""PATCH: the next part."""

from starlette.responses import Response

from . import checksums, refusing
from . import headers as read
from .asked import Asked
from .desk import Desk
from .intake import check_part, take_in
from .lengths import check_room, declare
from .progress import progress_headers


async def answer(desk: Desk, asked: Asked) -> Response:
    announced = check_part(desk, asked)
    checksums.asked_for(asked.headers)
    length = read.number(asked.headers, "Upload-Length")
    offset = read.number(asked.headers, "Upload-Offset")
    if offset is None:
        raise read.Malformed("Upload-Offset")
    # The first part makes an object: asked anew, lest an upload that was given up a moment ago comes back.
    token, grant = await desk.admit(asked, asked.upload_id, anew=offset == 0)
    if grant.completed:
        raise refusing.completed()
    async with desk.turn(grant, desk.store.size) as turn:
        if turn.found != offset:
            raise refusing.offset_differs(turn.found)
        grant = await declare(desk, token, grant, length)
        check_room(grant, offset + announced)
        size = await take_in(desk, asked, token, grant, turn, offset)
    return Response(status_code=204, headers=progress_headers(grant, size))
