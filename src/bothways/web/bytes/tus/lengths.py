"""How long an upload may be and is said to be."""

from . import headers as read
from . import refusing
from .asked import Asked
from .desk import Desk
from .gate import Grant, LengthRefused


def announced_length(asked: Asked) -> int | None:
    """What a creation says: a length, or `None` for "later". One of both must be said.

    Raises:
        Malformed: neither, both, or not a number.
    """
    length = read.number(asked.headers, "Upload-Length")
    if read.length_is_deferred(asked.headers) == (length is not None):
        raise read.Malformed("Upload-Length")
    return length


async def declare(desk: Desk, token: str, grant: Grant, length: int | None) -> Grant:
    """Note the length of the whole, if one is said.

    Raises:
        Refusal: it is more than is allowed or less than is here, or another one was noted before.
    """
    if length is None or length == grant.length:
        return grant
    if length > grant.max_bytes:
        raise refusing.upload_too_large(grant.max_bytes)
    try:
        declared = await desk.gate.declare_length(grant, length)
    except LengthRefused:
        raise refusing.length_differs() from None
    desk.grants.forget(token)
    return declared


def check_room(grant: Grant, size: int) -> None:
    """Refuse what would make the upload larger than it may become.

    Raises:
        Refusal: so it would.
    """
    if grant.length is not None and size > grant.length:
        raise refusing.beyond_length(grant.length)
    if size > grant.max_bytes:
        raise refusing.upload_too_large(grant.max_bytes)
