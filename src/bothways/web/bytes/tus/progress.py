"""The headers of answers."""

import datetime as dt
from email.utils import format_datetime
from functools import lru_cache

from bothways.web.bytes.refusals import NOT_KEPT

from .gate import Grant
from .headers import VERSION

ALWAYS = {"Tus-Resumable": VERSION, **NOT_KEPT}


def progress_headers(grant: Grant, size: int) -> dict[str, str]:
    """How many bytes are durable, and until when more may come."""
    headers = {**ALWAYS, "Upload-Offset": str(size)}
    if not grant.completed:
        headers["Upload-Expires"] = _http_date(grant.expires_at)
    return headers


@lru_cache(maxsize=1000)
def _http_date(moment: dt.datetime) -> str:
    return format_datetime(moment, usegmt=True)
