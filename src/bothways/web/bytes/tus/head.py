"""HEAD: how far is it? Whoever asks goes on from there, so an earlier one that still hangs comes to its end first."""

from starlette.responses import Response

from .asked import Asked
from .desk import Desk
from .progress import progress_headers


async def answer(desk: Desk, asked: Asked) -> Response:
    token, grant = await desk.admit(asked, asked.upload_id, anew=True)
    if grant.completed:
        size = grant.length or 0
    else:
        async with desk.turn(grant, desk.store.durable_size) as turn:
            size = turn.found
            await desk.hand_on_if_whole(token, grant, size)
    length = {"Upload-Defer-Length": "1"} if grant.length is None else {"Upload-Length": str(grant.length)}
    return Response(headers={**progress_headers(grant, size), **length})
