"""A rule that stands against a request is answered with a page of words; other mistakes stay mistakes."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from bothways.lib.errors import NotAllowed, Refused
from bothways.web.middleware import CompressionMiddleware, RefusalMiddleware


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (Refused("too_late", "The window closed <yesterday>."), 409),
        (NotAllowed("not_allowed", "The window closed <yesterday>."), 403),
    ],
)
def test_a_refusal_is_said_in_its_own_words(rf: RequestFactory, raised: Refused, status: int) -> None:
    answer = RefusalMiddleware(lambda request: None).process_exception(rf.post("/"), raised)
    assert answer.status_code == status
    assert "The window closed &lt;yesterday&gt;." in answer.content.decode()


def test_a_programming_mistake_is_not_hidden(rf: RequestFactory) -> None:
    assert RefusalMiddleware(lambda request: None).process_exception(rf.get("/"), ValueError("no")) is None


@pytest.mark.parametrize(
    ("path", "asked", "given"),
    [
        ("/accounts/login/", "de", "de"),
        ("/accounts/login/", "fr", "en"),
        ("/real/", "fr", "fr"),
        ("/i/nothing/", "hi", "hi"),
    ],
)
@pytest.mark.django_db
def test_who_is_not_signed_in_reads_a_language_that_the_page_has(
    client: Client, path: str, asked: str, given: str
) -> None:
    answer = client.get(path, headers={"accept-language": asked})
    assert f'lang="{given}"' in answer.content.decode()


@pytest.mark.django_db
def test_a_page_goes_out_compressed_to_who_can_read_it(client: Client) -> None:
    plain = client.get("/accounts/login/")
    packed = client.get("/accounts/login/", headers={"accept-encoding": "gzip"})
    assert not plain.has_header("Content-Encoding")
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content)[:15] == plain.content[:15]


@pytest.mark.parametrize(
    "answer", [HttpResponse(b"0" * 999, "application/zip"), StreamingHttpResponse(iter([b"0" * 999]))]
)
def test_files_go_out_as_they_are(rf: RequestFactory, answer: HttpResponse) -> None:
    request = rf.get("/", headers={"accept-encoding": "gzip"})
    assert not CompressionMiddleware(lambda _: answer)(request).has_header("Content-Encoding")
