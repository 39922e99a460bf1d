"""An endpoint that speaks OpenAI's form: what is asked, what is understood, and which failures may pass."""

import email
import email.policy
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bothways.media.speech.contract import SpeechFailure
from bothways.media.speech.endpoint import EndpointEngine
from bothways.media.utterances import Utterance, Word
from tests.media.speech.voices import as_wav, tone

ANSWER = {
    "duration": 2.5,
    "segments": [
        {"start": 0.1, "end": 1.0, "text": " I rang her. "},
        {"start": 1.4, "end": 2.0, "text": " Then I wrote."},
        {"start": 2.0, "end": 2.4, "text": "  "},
    ],
    "words": [
        {"word": "I", "start": 0.1, "end": 0.2},
        {"word": "rang", "start": 0.2, "end": 0.5, "probability": 0.4},
        {"word": "her.", "start": 0.5, "end": 1.0},
        {"word": "Then", "start": 1.2, "end": 1.5},
        {"word": "I", "start": 1.5, "end": 1.6},
        {"word": "wrote.", "start": 1.6, "end": 2.0},
    ],
}


class Server(ThreadingHTTPServer):
    """Answers what it is told to and remembers what it was asked."""

    status, answer = 200, json.dumps(ANSWER).encode()
    path = authorization = ""
    fields: list[tuple[str, bytes]]
    file: tuple[str | None, str, bytes]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = list(email.message_from_bytes(head + body, policy=email.policy.HTTP).iter_parts())
        named = [(part.get_param("name", header="content-disposition"), part) for part in parts]
        self.server.path, self.server.authorization = self.path, self.headers.get("Authorization", "")
        self.server.fields = [(name, part.get_payload(decode=True)) for name, part in named if name != "file"]
        sent = next(part for name, part in named if name == "file")
        self.server.file = (sent.get_filename(), sent.get_content_type(), sent.get_payload(decode=True))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


@pytest.fixture
def sound(tmp_path):
    return as_wav(tmp_path / "sound.wav", tone(1))


def engine_at(server: Server, key: str = "secret") -> EndpointEngine:
    return EndpointEngine(f"http://127.0.0.1:{server.server_port}", model="large", key=key)


def test_what_is_asked(server, sound):
    engine_at(server).transcribe(sound, "de")
    assert (server.path, server.authorization) == ("/v1/audio/transcriptions", "Bearer secret")
    assert server.fields == [
        ("model", b"large"),
        ("language", b"de"),
        ("temperature", b"0"),
        ("response_format", b"verbose_json"),
        ("timestamp_granularities[]", b"word"),
        ("timestamp_granularities[]", b"segment"),
    ]
    assert server.file == ("sound.wav", "audio/wav", sound.read_bytes())
    engine_at(server, key="").transcribe(sound, "de")
    assert server.authorization == ""


def test_what_is_understood(server, sound):
    heard = engine_at(server).transcribe(sound, "en")
    first = (Word(100, 200, "I", 1.0), Word(200, 500, "rang", 0.4), Word(500, 1000, "her.", 1.0))
    second = (Word(1200, 1500, "Then", 1.0), Word(1500, 1600, "I", 1.0), Word(1600, 2000, "wrote.", 1.0))
    assert heard.utterances == (
        Utterance(100, 1000, "I rang her.", first),
        Utterance(1400, 2000, "Then I wrote.", second),
    )
    assert heard.until_ms == 2500


@pytest.mark.parametrize(
    ("status", "answer", "permanent"),
    [
        (503, b"busy", False),
        (429, b"slow down", False),
        (401, b"who are you", True),
        (400, b"unknown language", True),
        (200, b"no json", True),
        (200, b'{"text": "no times"}', True),
    ],
)
def test_a_failure_says_what_was_answered_and_whether_it_may_pass(server, sound, status, answer, permanent):
    server.status, server.answer = status, answer
    with pytest.raises(SpeechFailure) as failure:
        engine_at(server).transcribe(sound, "en")
    assert failure.value.permanent == permanent
    assert f"127.0.0.1:{server.server_port} large" in str(failure.value)


def test_a_server_that_is_away_may_come_back(server, sound):
    engine = engine_at(server)
    server.server_close()
    server.shutdown()
    with pytest.raises(SpeechFailure) as failure:
        engine.transcribe(sound, "en")
    assert not failure.value.permanent
