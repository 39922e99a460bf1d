"""Which engine and which model are used: what the settings say, else what `models use` said, else the best there is."""

import pytest
from django.conf import settings

from bothways.media.speech import choice, shelf
from bothways.media.speech.choice import get_engine, missing_words
from bothways.media.speech.endpoint import EndpointEngine
from bothways.media.speech.local import LocalEngine


@pytest.fixture(autouse=True)
def _data_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(choice, "is_installed", lambda: True)


def put_model(name: str, tokens: int = 51_865):
    folder = shelf.folder() / name
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"weights")
    (folder / "vocabulary.txt").write_text("\n".join(map(str, range(tokens))) + "\n")
    return folder


def test_without_a_model_there_is_no_engine_and_words_say_how_to_get_one():
    assert get_engine() is None
    assert "./bothways models fetch base" in missing_words()


def test_without_the_packages_words_say_how_to_get_them(monkeypatch):
    put_model("base")
    monkeypatch.setattr(choice, "is_installed", lambda: False)
    assert get_engine() is None
    assert "requirements-speech.lock" in missing_words()


def test_a_model_that_is_there_is_used():
    put_model("tiny.en")
    engine = get_engine()
    assert isinstance(engine, LocalEngine)
    assert (engine.name, engine.hears_beginnings) == ("faster-whisper tiny.en", True)


def test_of_several_the_best_the_chosen_one_and_the_one_of_the_settings(tmp_path, monkeypatch):
    for name in ("other", "tiny.en", "base"):
        put_model(name)
    assert shelf.used() == shelf.folder() / "base"
    shelf.choose("other")
    assert shelf.used() == shelf.folder() / "other"
    monkeypatch.setattr(settings, "SPEECH_MODEL", str(tmp_path / "elsewhere"))
    assert shelf.used() == tmp_path / "elsewhere"
    assert get_engine() is None
    assert str(tmp_path / "elsewhere") in missing_words()


def test_an_endpoint_and_none_are_chosen_by_settings(monkeypatch):
    put_model("base")
    monkeypatch.setattr(settings, "SPEECH_ENGINE", "endpoint")
    monkeypatch.setattr(settings, "SPEECH_URL", "http://speech.example")
    engine = get_engine()
    assert isinstance(engine, EndpointEngine)
    assert (engine.name, engine.hears_beginnings) == ("http://speech.example whisper-1", False)
    monkeypatch.setattr(settings, "SPEECH_ENGINE", "none")
    assert get_engine() is None


def test_the_vocabulary_says_whether_a_model_knows_english_only():
    assert shelf.languages(put_model("all")) == ()
    assert shelf.languages(put_model("english", tokens=51_864)) == ("en",)
