"""Translations are kept as text and compiled on the spot, so that no tool beyond Python is needed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogs() -> None:
    """Compile each catalog that is newer than its compiled form."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as words:
            catalog = read_po(words, locale=source.parts[-3])
        with target.open("wb") as compiled:
            write_mo(compiled, catalog)
