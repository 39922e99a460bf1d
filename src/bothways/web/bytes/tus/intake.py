"""Taking in the body of a request at an offset: the same for PATCH and for a creation that brings its first bytes."""

from . import checksums, refusing
from . import headers as read
from .asked import Asked
from .desk import Desk
from .gate import Grant
from .lengths import check_room
from .receiving import Ending, Part, receive
from .turns import Turn


def check_part(desk: Desk, asked: Asked) -> int:
    """The size that the request announces for its body, 0 where it announces none.

    Raises:
        Refusal: not the type of a part, or more than one may have.
        Malformed: a header that cannot be read.
    """
    if read.content_type(asked.headers) != read.PART_TYPE:
        raise refusing.wrong_type()
    announced = read.number(asked.headers, "Content-Length") or 0
    if announced > desk.limits.part_bytes:
        raise refusing.part_too_large(desk.limits.part_bytes)
    return announced


async def take_in(desk: Desk, asked: Asked, token: str, grant: Grant, turn: Turn[int], offset: int) -> int:
    """Write the body at `offset`, hand the upload on if that makes it whole, and return the new size, durable.

    Raises:
        Refusal: the body did not arrive whole, as announced and unchanged, or too much came lately.
    """
    desk.check_pace(grant)
    part = Part(desk.store, grant.key, grant.closed_key, offset, checksums.asked_for(asked.headers))
    room = min(desk.limits.part_bytes, grant.room - offset)
    ending, size = await receive(asked.receive, turn, part, room=room, limits=desk.limits, threads=desk.threads)
    desk.charge(grant, size - offset)
    match ending:
        case Ending.CUT:
            raise refusing.line_cut(size)
        case Ending.TAKEN_OVER:
            raise refusing.taken_over()
        case Ending.IDLE:
            raise refusing.too_slow(size)
        case Ending.CLOSED:
            desk.grants.forget(token)
            raise refusing.closed()
        case Ending.CHANGED:
            raise refusing.checksum_differs(size)
        case Ending.TOO_LONG:
            check_room(grant, offset + room + 1)
            raise refusing.part_too_large(room)
    await desk.hand_on_if_whole(token, grant, size)
    return size
