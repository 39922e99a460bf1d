"""Which engine this server uses, as the settings say."""

from django.conf import settings

from bothways.media.speech import shelf
from bothways.media.speech.contract import Engine
from bothways.media.speech.endpoint import EndpointEngine
from bothways.media.speech.local import LocalEngine, is_installed


def get_engine() -> Engine | None:
    """The engine, or None where there is none: by choice, or because a part of it is missing (`missing_words`)."""
    if settings.SPEECH_ENGINE == "endpoint":
        return EndpointEngine(settings.SPEECH_URL, model=settings.SPEECH_MODEL or "whisper-1", key=settings.SPEECH_KEY)
    if settings.SPEECH_ENGINE == "none" or missing_words():
        return None
    model = shelf.used()
    assert model is not None
    return LocalEngine(model, threads=settings.SPEECH_THREADS, memory_mb=settings.SPEECH_MEMORY_MB)


def missing_words() -> str:
    """What the local engine lacks, for the administrator; empty where nothing is missing."""
    if not is_installed():
        return (
            "faster-whisper is not installed, so recordings have no transcripts. On the machine of the workers: "
            ".venv/bin/pip install --require-hashes -r requirements-speech.lock"
        )
    model = shelf.used()
    if model is None:
        return "There is no model, so recordings have no transcripts. ./bothways models fetch base brings one (150 MB)."
    if not shelf.is_model(model):
        return f"There is no model in {model}, so recordings have no transcripts. ./bothways models list says what is."
    return ""
