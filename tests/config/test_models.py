"""`./bothways models` and what `check` says about speech."""

import argparse

import pytest
from django.conf import settings

from bothways.config.commands import check, models
from bothways.media.speech import shelf
from bothways.media.speech.fetching import NotFetched
from tests.parts import MODEL


@pytest.fixture(autouse=True)
def _data_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)


def say(*words: str) -> int:
    parser = argparse.ArgumentParser()
    models.add_arguments(parser)
    return models.run(parser.parse_args(words))


def put_model(name: str) -> None:
    folder = shelf.folder() / name
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"weights")


def test_the_list_names_what_is_here_and_what_can_be_fetched(capsys):
    put_model("other")
    assert say("list") == 0
    listed = capsys.readouterr().out
    assert "other, used" in listed
    for name in ("base", "tiny.en", "large-v3-turbo"):
        assert name in listed


def test_use_switches_and_refuses_what_is_not_there(capsys, tmp_path):
    for name in ("one", "two"):
        put_model(name)
    assert say("use", "two") == 0
    assert shelf.used() == shelf.folder() / "two"
    assert say("use", str(tmp_path / "nowhere")) == 1
    assert "Nothing was changed" in capsys.readouterr().err
    assert shelf.used() == shelf.folder() / "two"
    assert say("use", str(shelf.folder() / "one")) == 0
    assert shelf.used() == shelf.folder() / "one"


def test_the_settings_win_and_that_is_said(capsys, monkeypatch):
    for name in ("one", "two"):
        put_model(name)
    monkeypatch.setattr(settings, "SPEECH_MODEL", "one")
    assert say("use", "two") == 0
    assert "BOTHWAYS_SPEECH_MODEL=one" in capsys.readouterr().err
    assert shelf.used() == shelf.folder() / "one"


def test_verify_tells_damage_from_what_it_cannot_know(capsys):
    put_model("own")
    put_model("base")
    put_model("noted")
    shelf.note_sums(shelf.folder() / "noted")
    assert say("verify") == 1
    said = capsys.readouterr().out
    assert "base: config.json, model.bin, tokenizer.json, vocabulary.json differ from what they were" in said
    assert "noted: every fingerprint as expected" in said
    assert "own: there are no fingerprints" in said


def test_a_model_that_cannot_be_fetched_is_told_in_words(capsys, monkeypatch):
    def away(name, tell):
        raise NotFetched("The index was not reached.")

    monkeypatch.setattr(models, "fetch", away)
    assert say("fetch", "base") == 1
    assert capsys.readouterr().err == "The index was not reached.\n"


def test_check_says_what_is_missing():
    finding = check.speech()
    assert finding.state == "missing"
    assert "models fetch base" in finding.words or "requirements-speech.lock" in finding.words


def test_check_says_when_it_is_switched_off(monkeypatch):
    monkeypatch.setattr(settings, "SPEECH_ENGINE", "none")
    assert "Switched off" in check.speech().words


@pytest.mark.needs_speech
def test_check_says_what_is_used_and_how_quick_it_is_here(monkeypatch):
    monkeypatch.setattr(settings, "SPEECH_MODEL", str(MODEL))
    finding = check.speech()
    assert finding.state == "ready"
    assert finding.words.startswith("faster-whisper tiny.en, English only. 27 s of speech took ")
