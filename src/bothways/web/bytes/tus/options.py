"""OPTIONS: what this server can do. Asked without a key."""

from starlette.responses import Response

from .asked import Asked
from .checksums import DIGEST_SIZES
from .desk import Desk
from .headers import VERSION
from .progress import ALWAYS

EXTENSIONS = ["creation", "creation-with-upload", "creation-defer-length", "checksum", "expiration", "termination"]


async def answer(desk: Desk, asked: Asked) -> Response:
    return Response(
        status_code=204,
        headers={
            **ALWAYS,
            "Tus-Version": VERSION,
            "Tus-Extension": ",".join(EXTENSIONS),
            "Tus-Max-Size": str(desk.limits.upload_bytes),
            "Tus-Checksum-Algorithm": ",".join(DIGEST_SIZES),
        },
    )
