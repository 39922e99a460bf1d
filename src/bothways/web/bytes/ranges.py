"""Ranges of bytes after RFC 9110, section 14."""

import re

_ONE_RANGE = re.compile(r"bytes=\s*(\d{0,16})-(\d{0,16})\s*", re.ASCII)


class Unsatisfiable(Exception):
    """The range begins behind the end."""


def wanted_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Start and end (not included) of the one range asked for; `None` for the whole.

    Several ranges, other units and what cannot be read are answered with the whole, as the RFC allows.

    Raises:
        Unsatisfiable: no byte of the range exists.
    """
    match = _ONE_RANGE.fullmatch(header or "")
    if match is None:
        return None
    first, last = match.groups()
    if not first:
        return _last_bytes(int(last), size) if last else None
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, end


def _last_bytes(count: int, size: int) -> tuple[int, int]:
    if count == 0 or size == 0:
        raise Unsatisfiable
    return max(0, size - count), size
