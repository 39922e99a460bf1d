"""Static files by their own door."""

from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from bothways.web.bytes.static import StaticFiles
from tests.web.bytes.serving import running

Get = Callable[..., tuple[HTTPResponse, bytes]]


@pytest.fixture
def get(tmp_path: Path) -> Iterator[Get]:
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "page.0123456789ab.css").write_text("p { color: red }" * 50)
    (folder / "page.0123456789ab.css.gz").write_bytes(b"smaller")
    (folder / "plain.js").write_text("export {};")
    (tmp_path / "secret").write_text("not yours")
    with running(StaticFiles(folder, "/static/")) as port:

        def ask(path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
            line = HTTPConnection("127.0.0.1", port, timeout=10)
            line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = line.getresponse()
            return answer, answer.read()

        yield ask


def test_a_hashed_name_may_be_kept_for_ever_and_another_not(get: Get):
    assert "immutable" in get("/static/page.0123456789ab.css")[0].headers["cache-control"]
    assert "immutable" not in get("/static/plain.js")[0].headers.get("cache-control", "")


def test_the_smaller_form_goes_to_whoever_takes_it(get: Get):
    _, plain = get("/static/page.0123456789ab.css", Accept_Encoding="identity")
    assert plain.startswith(b"p { color: red }")
    answer, packed = get("/static/page.0123456789ab.css", Accept_Encoding="gzip")
    assert (answer.headers["content-encoding"], packed) == ("gzip", b"smaller")


@pytest.mark.parametrize("path", ["/static/nothing.css", "/static/../secret", "/static/%2e%2e/secret", "/static/"])
def test_nothing_else_is_found(get: Get, path: str):
    assert get(path)[0].status == 404


def test_asking_again_with_the_date_sends_nothing(get: Get):
    first, _ = get("/static/plain.js")
    again, body = get("/static/plain.js", If_Modified_Since=first.headers["last-modified"])
    assert (again.status, body) == (304, b"")
