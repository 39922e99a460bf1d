"""What a hostile file might be after: a secret beside it, and somebody who listens in the network."""

import contextlib
import secrets
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.media.watching import Watch, watched

_NOISE_BYTES = 96_000


@dataclass(frozen=True, slots=True)
class Targets:
    """A secret text, a secret recording, and the local port that must never see anybody."""

    text: Path
    recording: Path
    port: int
    marks: tuple[bytes, ...]
    listeners: tuple[socket.socket, socket.socket]
    watches: tuple[Watch, Watch]

    def are_in(self, data: bytes) -> bool:
        """Whether anything of the secrets stands in `data`."""
        return any(mark in data for mark in self.marks)

    def were_touched(self) -> list[str]:
        """Who was: a file that was opened, a port that somebody connected or sent to."""
        touched = [
            str(path)
            for path, watch in zip((self.text, self.recording), self.watches, strict=True)
            if watch.was_opened()
        ]
        with contextlib.suppress(BlockingIOError):
            self.listeners[0].accept()
            touched.append("TCP")
        with contextlib.suppress(BlockingIOError):
            self.listeners[1].recv(1)
            touched.append("UDP")
        return touched


@contextlib.contextmanager
def planted(folder: Path) -> Iterator[Targets]:
    token = secrets.token_hex(16).encode()
    text, recording = folder / "secret.txt", folder / "secret.wav"
    text.write_bytes(b"ffconcat version 1.0\n# " + token + b"\n" + token * 100)
    noise = secrets.token_bytes(_NOISE_BYTES)
    recording.write_bytes(_wav(noise))
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        watched(text) as one,
        watched(recording) as other,
    ):
        udp.bind(tcp.getsockname())
        tcp.setblocking(False)
        udp.setblocking(False)
        marks = (token, noise[_NOISE_BYTES // 2 :][:32])
        yield Targets(text, recording, tcp.getsockname()[1], marks, (tcp, udp), (one, other))


def _wav(samples: bytes) -> bytes:
    """One second of noise that plays: were it pulled in, its bytes would be copied as they are."""
    form = struct.pack("<IHHIIHH", 16, 1, 1, 48_000, 96_000, 2, 16)
    head = b"WAVEfmt " + form + b"data" + struct.pack("<I", len(samples))
    return b"RIFF" + struct.pack("<I", len(head) + len(samples)) + head + samples
