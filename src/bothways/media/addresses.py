"""Addresses of media: signed, for one viewer, for a short time. Whether the viewer may, is asked at each request."""

import uuid
from dataclasses import dataclass

from django.core import signing

VALID_S = 3600
_SALT = "bothways.media.address"


class AddressOver(Exception):
    """It was right, but its time is over: whoever reloads the page gets a new one."""


@dataclass(frozen=True, slots=True)
class Address:
    rendition_id: uuid.UUID
    viewer_kind: str
    viewer_id: uuid.UUID


def media_address(rendition_id: uuid.UUID, viewer_kind: str, viewer_id: uuid.UUID) -> str:
    """A path to put into a page. It works for `VALID_S` seconds and only while this viewer may watch.

    `viewer_kind` is one of those in `web/bytes/viewers.py`: "member" with the member's id, "candidate" with the id of
    the interview, "share" with the id of the share.
    """
    return f"/d/{signing.dumps([rendition_id.hex, viewer_kind, viewer_id.hex], salt=_SALT)}"


def read_address(signed: str) -> Address | None:
    """What an address says, `None` if we did not make it.

    Raises:
        AddressOver: it is older than `VALID_S` seconds.
    """
    try:
        rendition, kind, viewer = signing.loads(signed, salt=_SALT, max_age=VALID_S)
    except signing.SignatureExpired:
        raise AddressOver from None
    except signing.BadSignature:
        return None
    return Address(uuid.UUID(rendition), kind, uuid.UUID(viewer))
