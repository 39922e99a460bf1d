"""A stretch of the internet on this machine: a web server with a certificate, reached through a net of its own."""

import datetime as dt
import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bothways.lib.fetching import Net

PUBLIC = "93.184.215.14"
HOST = "calendar.example"
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class FarAway:
    """`answers` maps a path to what is answered; `names` a name to its addresses at each time it is asked for."""

    port: int
    trusted: Path
    answers: dict[str, Answer | Callable[[http.server.BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    names: dict[str, list[list[str]]] = field(default_factory=lambda: {HOST: [[PUBLIC]]})
    connections: list[str] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)

    @property
    def net(self) -> Net:
        """Whoever connects to a public address lands here; what was asked for is written down."""
        return Net(self._resolve, self._connect, lambda: ssl.create_default_context(cafile=str(self.trusted)))

    def _resolve(self, host: str, port: int) -> list[str]:
        answers = self.names.get(host, [[host]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.connections.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout)


@contextmanager
def far_away(folder: Path, certificate_for: str = HOST) -> Iterator[FarAway]:
    trusted, key = _certificate(folder, certificate_for)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.requests.append(dict(self.headers))
            answer = there.answers[self.path]
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what is tested."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    there = FarAway(server.server_address[1], trusted)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(2020, 1, 1))
        .not_valid_after(dt.datetime(2120, 1, 1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "certificate.pem", folder / "key.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return public, private
