"""Whatever stands in the headers: an answer below 500, in words, and no byte of anybody else is touched."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.bytes.serving import PART, Served, served_here

NAMES = [
    "Tus-Resumable",
    "Upload-Offset",
    "Upload-Length",
    "Upload-Defer-Length",
    "Upload-Metadata",
    "Upload-Checksum",
    "Upload-Concat",
    "Content-Type",
    "Authorization",
    "X-HTTP-Method-Override",
    "Accept-Language",
    "Range",
]
NUMBERS = st.sampled_from(["0", "-1", "+1", "1e3", "0x10", "01", "9" * 30, "1.5", " 5", "5 ", "५", "NaN", "", "0,0"])
PLAUSIBLE = st.sampled_from(
    ["1.0.0", "1", PART, "sha1 ", "sha256 AAAA", "a b,c d", "PATCH", "HEAD", "TRACE", "Bearer x"]
)
NOISE = st.binary(max_size=40).map(lambda raw: raw.translate(None, b"\r\n\0").decode("latin-1"))
VALUES = NUMBERS | PLAUSIBLE | NOISE
METHODS = st.sampled_from(["POST", "PATCH", "HEAD", "DELETE", "OPTIONS", "GET", "PUT", "QUERY"])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_here(tmp_path_factory.mktemp("tus")) as served:
        yield served


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(method=METHODS, odd=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4), body=st.binary(max_size=20))
def test_headers(served: Served, method: str, odd: dict[str, str], body: bytes) -> None:
    talk = served.issue(max_bytes=1000)
    headers = talk.headers(Upload_Offset="0", Content_Type=PART, Content_Length=str(len(body))) | odd
    path = "/u/" if method == "POST" else talk.path
    status = raw(served.port, method, path, headers, body)
    assert 200 <= status < 500, status
    stored = talk.stored()
    assert stored in (b"", body)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=30).map(str.encode), odd=VALUES)
def test_paths(served: Served, path: bytes, odd: str) -> None:
    quoted = "/u/" + "".join(f"%{byte:02X}" for byte in path)
    assert 200 <= raw(served.port, "HEAD", quoted, served.issue().headers(Range=odd), b"") < 500


def raw(port: int, method: str, path: str, headers: dict[str, str], body: bytes) -> int:
    """The status of a request written by hand: libraries refuse to send most of these."""
    lines = [f"{method} {path} HTTP/1.1", "Host: here", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    message = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(message)
        answer = line.recv(4000)
    assert answer.startswith(b"HTTP/1.1 "), answer
    return int(answer.split()[1])
