"""The letters of a document: the product's own, and for other scripts what this server has.

PDF takes no WOFF2 and no variable fonts, so that each weight is made once and kept in the folder of data.
"""

import os
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont, TTLibError
from fontTools.varLib.instancer import instantiateVariableFont

SHIPPED = Path(__file__).resolve().parents[2] / "static/bothways/fonts"
PARTS = ("latin", "latin-ext", "vietnamese")
WEIGHTS = {"inclusive-sans": {"": 400, "B": 600}, "newsreader": {"": 400}}
"""Which weights a document uses of each family, by the style that names it."""

SYSTEM_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
)
_FOR_ANY_SCRIPT = ("NotoSans-Regular", "NotoSansCJK-Regular", "NotoSansSymbols2-Regular", "DejaVuSans", "Arial Unicode")
_SUFFIXES = (".ttf", ".otf", ".ttc")


@dataclass(frozen=True, slots=True)
class Letters:
    """Which fonts a document needs besides the first part of its families, and what none of them has."""

    parts: tuple[str, ...]
    others: tuple[Path, ...]
    missing: frozenset[str]


def letters_for(text: str) -> Letters:
    """Fonts for everything in `text`. What is only there to shape or to part, such as joiners, is never missing."""
    left = {sign for sign in text if not _is_silent(sign)}
    parts = []
    for part in PARTS:
        if covered := left & _signs(shipped("inclusive-sans", part, 400)):
            parts.append(part)
            left -= covered
    others = []
    for path in _candidates(left) if left else ():
        if covered := left & _signs(path):
            others.append(path)
            left -= covered
    return Letters(tuple(parts), tuple(others), frozenset(left))


def shipped(family: str, part: str, weight: int) -> Path:
    """The file of one weight of a shipped font, made where it is not there yet."""
    source = SHIPPED / f"{family}-{part}.woff2"
    made = settings.DATA_DIR / "made_fonts" / f"{family}-{part}-{weight}-{source.stat().st_size}.ttf"
    if not made.exists():
        _make(source, weight, made)
    return made


def _make(source: Path, weight: int, made: Path) -> None:
    """Written beside and renamed, so that nobody reads half a font."""
    made.parent.mkdir(parents=True, exist_ok=True)
    font = instantiateVariableFont(TTFont(source), {"wght": weight})
    font.flavor = None
    handle, beside = tempfile.mkstemp(dir=made.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        font.save(file)
    Path(beside).replace(made)


def _candidates(signs: Iterable[str]) -> list[Path]:
    """Fonts of this server that may have these signs: what stands in the data's own folder, then by their script."""
    scripts = {unicodedata.name(sign, "").partition(" ")[0].title() for sign in signs}
    names = [*(f"NotoSans{script}-Regular" for script in sorted(scripts)), *_FOR_ANY_SCRIPT]
    own = settings.DATA_DIR / "fonts"
    added = sorted(path for path in own.glob("*") if path.suffix.lower() in _SUFFIXES) if own.is_dir() else []
    found = _system_fonts()
    return [*added, *(found[name] for name in names if name in found)]


@cache
def _system_fonts() -> dict[str, Path]:
    """Every font file of the system by its name. Found once in the life of a process."""
    folders = [Path(folder).expanduser() for folder in SYSTEM_FOLDERS]
    files = (path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.suffix in _SUFFIXES)
    return {path.stem: path for path in files}


@cache
def _signs(path: Path) -> frozenset[str]:
    """What a font has. A file that is no font has nothing."""
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except (TTLibError, OSError):
        return frozenset()


def _is_silent(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")
