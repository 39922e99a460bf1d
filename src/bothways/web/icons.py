"""The icons of the product, read once from the shipped sprite."""

import re
from functools import cache
from pathlib import Path

_SPRITE = Path(__file__).resolve().parent.parent / "static/bothways/icons/sprite.svg"
_SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


@cache
def names() -> tuple[str, ...]:
    """Every icon that can be named in a template."""
    return tuple(_symbols())


def paths_of(name: str) -> str:
    """The drawing of one icon, as SVG elements on a 24 × 24 grid.

    Raises:
        LookupError: no icon has this name; add its symbol to the sprite.
    """
    try:
        return _symbols()[name]
    except KeyError:
        raise LookupError(f"no icon is named {name!r} in {_SPRITE.name}") from None


@cache
def _symbols() -> dict[str, str]:
    return dict(_SYMBOL.findall(_SPRITE.read_text(encoding="utf-8")))
