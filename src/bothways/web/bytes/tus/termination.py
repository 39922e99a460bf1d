"""DELETE: the sender gives the upload up."""

from starlette.responses import Response

from . import refusing
from .asked import Asked
from .desk import Desk
from .progress import ALWAYS


async def answer(desk: Desk, asked: Asked) -> Response:
    token, grant = await desk.admit(asked, asked.upload_id, anew=True)
    if grant.completed:
        raise refusing.completed()
    async with desk.turn(grant, desk.store.size):
        await desk.gate.terminated(grant)
        await desk.forget(token, grant)
    return Response(status_code=204, headers=ALWAYS)
