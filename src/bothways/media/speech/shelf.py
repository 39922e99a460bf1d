"""The models that are here, in the data folder, and which of them is used."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from bothways.media.speech.catalog import ENGLISH_ONLY, PACKAGED

SUMS = "SHA256SUMS"
"""Beside the files of a model that no package brought: what their fingerprints were when they came."""

_NEEDED = "model.bin"
_ENGLISH_TOKENS = 51_864
"""Whisper's vocabulary for English alone; those for all languages are larger."""


def folder() -> Path:
    """Where models stand, each in a folder of its name."""
    return settings.DATA_DIR / "models"


def models_here() -> list[Path]:
    """Their folders, by name."""
    return sorted(path for path in folder().glob("[!.]*") if is_model(path))


def is_model(path: Path) -> bool:
    """Whether a folder holds what the engine loads."""
    return (path / _NEEDED).is_file()


def find(name_or_path: str) -> Path:
    """The folder of a model by its name, or the folder that is given. It may hold nothing."""
    given = Path(name_or_path)
    return given if given.is_absolute() or len(given.parts) > 1 else folder() / name_or_path


def used() -> Path | None:
    """The folder of the model to use: that of the settings, else that of `use`, else the best that is here."""
    asked = settings.SPEECH_MODEL or chosen()
    if asked:
        return find(asked)
    return next((folder() / name for name in PACKAGED if is_model(folder() / name)), next(iter(models_here()), None))


def chosen() -> str:
    """What `use` was told last; empty before that."""
    note = folder() / ".used"
    return note.read_text().strip() if note.is_file() else ""


def choose(name_or_path: str) -> None:
    """Use this model from now on, where the settings name no other."""
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / ".used").write_text(name_or_path + "\n")


def languages(model: Path) -> tuple[str, ...]:
    """The languages that a model here understands; empty means: all that Whisper knows."""
    for vocabulary in (model / "vocabulary.json", model / "vocabulary.txt"):
        if vocabulary.is_file():
            text = vocabulary.read_text()
            tokens = len(json.loads(text)) if vocabulary.suffix == ".json" else len(text.rstrip("\n").split("\n"))
            return ENGLISH_ONLY if tokens <= _ENGLISH_TOKENS else ()
    return ()


def megabytes(model: Path) -> int:
    """How much room it takes."""
    return round(sum(path.stat().st_size for path in model.iterdir()) / 1e6)


def damaged_files(model: Path) -> list[str]:
    """The files of a model that are missing or are not what they were."""
    return [name for name, sha256 in _known_sums(model).items() if fingerprint(model / name) != sha256]


def has_sums(model: Path) -> bool:
    """Whether there is anything to compare with."""
    return bool(_known_sums(model))


def fingerprint(path: Path) -> str:
    """SHA-256 of a file; empty where there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def note_sums(model: Path) -> None:
    """Keep the fingerprints of all files, to compare with later."""
    lines = [f"{fingerprint(path)}  {path.name}\n" for path in sorted(model.iterdir()) if path.is_file()]
    (model / SUMS).write_text("".join(lines))


def _known_sums(model: Path) -> dict[str, str]:
    if model.parent == folder() and model.name in PACKAGED:
        return PACKAGED[model.name].files
    return dict(_noted(model / SUMS))


def _noted(sums: Path) -> Iterator[tuple[str, str]]:
    for line in sums.read_text().splitlines() if sums.is_file() else ():
        sha256, _, name = line.partition("  ")
        yield name, sha256
