"""Keys of objects: `<organization id>/<recording id>/<name>`, made by the server from its own identifiers only."""

import re

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NAME = r"[a-z0-9](?:[a-z0-9_-]|\.(?=[a-z0-9])){0,63}"
_KEY = re.compile(rf"{_UUID}/{_UUID}/{_NAME}", re.ASCII)


class UnsafeKey(ValueError):
    """Not a key of ours. Nothing that a person typed may become one, so this is always a mistake in the code."""


def check_key(key: str) -> str:
    """The key itself.

    Raises:
        UnsafeKey: it is not of the form of a key; every store asks this before it touches anything.
    """
    if _KEY.fullmatch(key) is None:
        raise UnsafeKey(f"not a store key: {key[:200]!r}")
    return key


def closed_key(key: str) -> str:
    """Where an empty object stands as a mark that the object under `key` was closed: no more of it counts."""
    return f"{key}.closed"
