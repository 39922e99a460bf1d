"""Checksums of single parts."""

import hashlib
import hmac
from typing import Protocol

from . import headers as read

DIGEST_SIZES = {"sha1": 20, "sha256": 32, "md5": 16}
"""sha1 is the one that the protocol demands; our own recorder uses sha256."""


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


class Checksum:
    """The digest that a part should have, and the one it has so far."""

    def __init__(self, algorithm: str, expected: bytes) -> None:
        self._expected = expected
        self._hash: _Hash = hashlib.new(algorithm, usedforsecurity=False)

    def add(self, parts: list[bytes]) -> None:
        for part in parts:
            self._hash.update(part)

    def is_right(self) -> bool:
        return hmac.compare_digest(self._hash.digest(), self._expected)


def asked_for(headers: read.Headers) -> Checksum | None:
    """The checksum that a request wants verified.

    Raises:
        Malformed: an unknown algorithm, not base64, or a digest of another size.
    """
    found = read.checksum(headers, DIGEST_SIZES)
    return Checksum(*found) if found else None
