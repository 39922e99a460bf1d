"""Any server that speaks OpenAI's form of transcription: one on the own network, or a service."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from bothways.media.speech.contract import Heard, SpeechFailure
from bothways.media.utterances import Utterance, Word

_CONNECT_S, _ANSWER_S = 10, 900
_PASSING = frozenset({408, 409, 425, 429})


class EndpointEngine:
    """`POST {base}/v1/audio/transcriptions`, with times of words and segments."""

    hears_beginnings = False

    def __init__(self, base: str, *, model: str, key: str) -> None:
        self.name = f"{base} {model}"[:80]
        self._address = f"{base.rstrip('/')}/v1/audio/transcriptions"
        self._model = model
        self._key = key

    def transcribe(self, sound: Path, language: str, *, goes_on: bool = False) -> Heard:
        """Like `Engine.transcribe`. Its confidence is 1 where the server says none."""
        said = self._post(sound, language)
        try:
            utterances = tuple(_utterances(said))
            return Heard(utterances, _ms(said.get("duration") or (said["segments"] or [{"end": 0}])[-1]["end"]))
        except (KeyError, TypeError, ValueError) as error:
            words = f"{self.name} answered without times of words or segments: {error!r}"
            raise SpeechFailure(words, permanent=True) from error

    def _post(self, sound: Path, language: str) -> dict[str, Any]:
        fields = [
            ("model", self._model),
            ("language", language),
            ("temperature", "0"),
            ("response_format", "verbose_json"),
            ("timestamp_granularities[]", "word"),
            ("timestamp_granularities[]", "segment"),
        ]
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            with sound.open("rb") as file:
                answer = requests.post(
                    self._address,
                    data=fields,
                    files={"file": ("sound.wav", file, "audio/wav")},
                    headers=headers,
                    timeout=(_CONNECT_S, _ANSWER_S),
                )
        except requests.RequestException as error:
            raise SpeechFailure(f"{self.name} was not reached: {error}", permanent=False) from error
        if not answer.ok:
            passing = answer.status_code >= 500 or answer.status_code in _PASSING
            words = f"{self.name} answered {answer.status_code}: {answer.text[:300]}"
            raise SpeechFailure(words, permanent=not passing)
        try:
            return answer.json()
        except requests.JSONDecodeError as error:
            raise SpeechFailure(f"{self.name} did not answer in JSON.", permanent=True) from error


def _utterances(said: dict[str, Any]) -> Iterator[Utterance]:
    """One for each segment; a word belongs to the segment in which it begins, one between two to the next."""
    words = [
        Word(_ms(word["start"]), _ms(word["end"]), word["word"].strip(), float(word.get("probability", 1.0)))
        for word in said.get("words") or ()
    ]
    segments = said["segments"] or []
    for number, segment in enumerate(segments):
        end = _ms(segment["end"]) if number < len(segments) - 1 else float("inf")
        own = tuple(word for word in words if word.start_ms < end)
        words = words[len(own) :]
        if text := segment["text"].strip():
            yield Utterance(_ms(segment["start"]), _ms(segment["end"]), text, own)


def _ms(seconds: float) -> int:
    return round(float(seconds) * 1000)
