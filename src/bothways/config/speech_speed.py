"""How quick an engine for speech is on this machine."""

import time
from pathlib import Path

from django.conf import settings

from bothways.media.actions.scratch import scratch_folder
from bothways.media.speech.contract import Engine
from bothways.media.steps.calls import make_sound

READING = Path(__file__).parent / "demo" / "speech" / "austen-librivox.opus"
LANGUAGE = "en"


def measure_speed(engine: Engine) -> tuple[float, float]:
    """Seconds of speech in the reading that the demo brings along, and seconds on the clock that hearing it took.

    Raises:
        SpeechFailure: the engine could not.
    """
    with scratch_folder() as folder:
        sound, lasts_ms = make_sound(READING, folder, memory_mb=settings.MEDIA_MEMORY_MB)
        began = time.monotonic()
        engine.transcribe(sound, LANGUAGE)
        return lasts_ms / 1000, time.monotonic() - began
