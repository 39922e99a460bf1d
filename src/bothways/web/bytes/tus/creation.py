"""POST: which upload is mine?

Uploads are made by the product before any byte is sent. A foreign client that creates one gets the address of the one
that its token belongs to; creating it again, after a lost answer, is no change.
"""

from starlette.responses import Response

from . import checksums, refusing
from . import headers as read
from .asked import Asked
from .desk import Desk
from .gate import Grant
from .intake import check_part, take_in
from .lengths import announced_length, check_room, declare
from .progress import ALWAYS, progress_headers


async def answer(desk: Desk, asked: Asked) -> Response:
    if "upload-concat" in asked.headers:
        raise refusing.not_supported("Upload-Concat")
    length = announced_length(asked)
    read.check_metadata(asked.headers)
    checksums.asked_for(asked.headers)
    announced = check_part(desk, asked) if _has_body(asked) else None
    token, grant = await desk.admit(asked, None, anew=True)
    grant = await declare(desk, token, grant, length)
    headers = {**ALWAYS, "Location": f"/u/{grant.upload_id}"}
    if grant.completed:
        headers |= progress_headers(grant, grant.length or 0)
    elif announced is not None or length == 0:
        check_room(grant, announced or 0)
        headers |= progress_headers(grant, await _first_bytes(desk, asked, token, grant))
    return Response(status_code=201, headers=headers)


def _has_body(asked: Asked) -> bool:
    return "transfer-encoding" in asked.headers or bool(read.number(asked.headers, "Content-Length"))


async def _first_bytes(desk: Desk, asked: Asked, token: str, grant: Grant) -> int:
    """Bytes that stand there already are these very ones, sent before: they are not written again."""
    async with desk.turn(grant, desk.store.durable_size) as turn:
        if not turn.found:
            return await take_in(desk, asked, token, grant, turn, 0)
        await desk.hand_on_if_whole(token, grant, turn.found)
        return turn.found
