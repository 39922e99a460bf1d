"""What a request says in its headers, read strictly: whatever is not exactly right is refused in words."""

import base64
import binascii
import re
from collections.abc import Mapping

Headers = Mapping[str, str]
"""With names in lower case."""

VERSION = "1.0.0"
PART_TYPE = "application/offset+octet-stream"

_NUMBER = re.compile(r"[0-9]{1,16}", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{16,200}", re.ASCII)
_METADATA_KEY = re.compile(r"[!-+\--~]+", re.ASCII)


class Malformed(ValueError):
    """A header is there but says nothing we can read. The message is the header's name."""


def number(headers: Headers, name: str) -> int | None:
    """A whole number of bytes, `None` where the header is missing."""
    value = headers.get(name.lower())
    if value is None:
        return None
    if _NUMBER.fullmatch(value) is None:
        raise Malformed(name)
    return int(value)


def bearer_token(headers: Headers) -> str | None:
    """The token of `Authorization: Bearer …`, `None` where there is none that could be ours."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and _TOKEN.fullmatch(token) else None


def length_is_deferred(headers: Headers) -> bool:
    """True for `Upload-Defer-Length: 1`; the protocol knows no other value."""
    value = headers.get("upload-defer-length")
    if value not in (None, "1"):
        raise Malformed("Upload-Defer-Length")
    return value == "1"


def content_type(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def checksum(headers: Headers, digest_sizes: Mapping[str, int]) -> tuple[str, bytes] | None:
    """Algorithm and digest of `Upload-Checksum`; `digest_sizes` has the bytes of each one that we know."""
    value = headers.get("upload-checksum")
    if value is None:
        return None
    name, _, encoded = value.partition(" ")
    digest = _decoded(encoded, "Upload-Checksum")
    if len(digest) != digest_sizes.get(name):
        raise Malformed("Upload-Checksum")
    return name, digest


def check_metadata(headers: Headers) -> None:
    """`Upload-Metadata` must be well formed. It is not used: names that people choose never become anything of ours."""
    value = headers.get("upload-metadata")
    if not value:
        return
    keys = []
    for pair in value.split(","):
        key, _, encoded = pair.strip().partition(" ")
        if _METADATA_KEY.fullmatch(key) is None or key in keys:
            raise Malformed("Upload-Metadata")
        _decoded(encoded, "Upload-Metadata")
        keys.append(key)


def _decoded(encoded: str, header: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed(header) from None
