"""The real engine with the small English model, as a server would use it."""

from pathlib import Path

import pytest
from django.conf import settings

from bothways.media.speech.choice import get_engine
from bothways.media.speech.contract import Engine, Heard
from bothways.media.steps.calls import make_sound
from tests.media.speech.voices import Sound, as_recorded
from tests.parts import MODEL


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(settings, "SPEECH_MODEL", str(MODEL))
    found = get_engine()
    assert found is not None
    return found


@pytest.fixture
def hear(engine: Engine, tmp_path: Path):
    """What the engine hears of a sound that a browser has recorded."""

    def heard(sound: Sound, language: str = "en") -> Heard:
        wav, _ = make_sound(as_recorded(tmp_path / "recorded.webm", sound), tmp_path)
        return engine.transcribe(wav, language)

    return heard
