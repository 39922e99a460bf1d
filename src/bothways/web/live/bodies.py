"""What a page sends over its socket, read with care: whoever writes their own page can send anything."""

import json
import uuid
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from bothways.lib.errors import Refused

LONGEST_NAME = 40
LONGEST_TEXT = 10_000
"""What is longer than a message may be gets words of its own, up to here."""


def not_understood() -> Refused:
    return Refused("bad_message", _("Your browser sent something we do not understand. Reload the page."))


def read_body(text: str) -> dict[str, Any]:
    """One message: an object with a `type`.

    Raises:
        Refused: `bad_message`.
    """
    try:
        body = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("type"), str):
        raise not_understood()
    return body


def word(body: dict[str, Any], name: str, longest: int = LONGEST_NAME) -> str:
    """A text that can be kept: without half letters and zeros, which databases refuse."""
    value = body.get(name)
    if not isinstance(value, str) or len(value) > longest:
        raise not_understood()
    return value.encode("utf-8", "replace").decode().replace("\0", "")


def flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name)
    if not isinstance(value, bool):
        raise not_understood()
    return value


def number(body: dict[str, Any], name: str) -> float:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise not_understood()
    return value


def identifier(body: dict[str, Any], name: str) -> uuid.UUID:
    try:
        return uuid.UUID(word(body, name))
    except ValueError:
        raise not_understood() from None


def media(body: dict[str, Any]) -> dict[str, Any]:
    """What somebody sends: camera, microphone and screen on or off, and how good their line is, if they say."""
    told: dict[str, Any] = {name: flag(body, name) for name in ("camera", "microphone", "screen") if name in body}
    if body.get("quality") is not None:
        told["quality"] = word(body, "quality")
    return told


def signal(body: dict[str, Any]) -> dict[str, Any]:
    """A description or a candidate for the browser of somebody else, and which of their connections with one another
    it is about. What is in it, that browser has to judge."""
    told = {name: body[name] for name in ("description", "candidate") if name in body}
    if len(told) != 1 or not all(value is None or isinstance(value, dict) for value in told.values()):
        raise not_understood()
    names = {name: word(body, name) for name in ("mine", "yours") if name in body}
    return told | names


def _no_number(_text: str) -> NoReturn:
    raise ValueError
