"""What is said just now, put into words at once and kept nowhere: for people who read along in a live talk."""

import threading
import wave

from django.conf import settings

from bothways.media.actions.scratch import scratch_folder
from bothways.media.speech import shelf
from bothways.media.speech.choice import get_engine, missing_words
from bothways.media.speech.contract import RATE, SpeechFailure

_one_at_a_time = threading.Lock()


def can_caption(language: str) -> bool:
    """Whether this machine itself puts this language into words. A service elsewhere does not count: whoever talks is
    told that their voice goes to no other server."""
    model = shelf.used()
    if settings.SPEECH_ENGINE in ("none", "endpoint") or model is None or missing_words():
        return False
    known = shelf.languages(model)
    return not known or _spoken(language) in known


def caption(*, sound: bytes, language: str) -> str:
    """The words of some seconds: samples of 16 bits, one channel, RATE a second. Empty where nobody speaks. The file
    that the engine reads is gone afterwards.

    Raises:
        SpeechFailure: there is no engine on this machine, or it gives up.
    """
    engine = get_engine()
    if engine is None or not engine.hears_beginnings:
        raise SpeechFailure("This web process has no engine of its own, though another one has.", permanent=True)
    with _one_at_a_time, scratch_folder() as folder:
        path = folder / "said.wav"
        with wave.open(str(path), "wb") as out:
            out.setparams((1, 2, RATE, 0, "NONE", ""))
            out.writeframes(sound)
        heard = engine.transcribe(path, _spoken(language))
    return " ".join(utterance.text for utterance in heard.utterances)


def _spoken(language: str) -> str:
    return language.partition("-")[0].lower()
