"""Walking all that one member can reach: every address of the team with every thing, and wherever pages point to."""

import base64
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import av
from django.conf import settings
from django.test import Client

from bothways.accounts.models import Member
from tests.architecture.test_addresses import Things
from tests.web.team.planting import undone

MOST_PAGES = 500
OURS = re.compile(r"(?<![\w./-])/(?:team|d|i|o|s)/[^\s\"'<>\\`]*")
POSTED: dict[str, dict[str, Any]] = {"team:review-played": {"spans": [[0, 500]]}}
"""What addresses that only take POST get; the others get nothing. Each is undone again."""


@dataclass
class Got:
    """One answer, as everything that a program on the other side could read in it."""

    address: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return next((value for name, value in self.headers.items() if name.lower() == "content-type"), "")

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def everything(self) -> bytes:
        told = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{self.address}\n{self.status}\n{told}\n".encode() + self.body


@dataclass
class Walk:
    """What was reached, by address. `media` has the signed addresses of bytes that pages named."""

    client: Client
    got: dict[str, Got] = field(default_factory=dict)
    media: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    posted: dict[str, Any] = field(default_factory=dict)

    def everywhere(self, names: Iterable[str], variants: Iterable[Things], more: Iterable[str] = ()) -> "Walk":
        """Each of these addresses with each of the things, then whatever the answers point to, until nothing is new."""
        for things in variants:
            for name in names:
                self.names.add(name)
                if (address := things.address(name)) not in self.got:
                    self.posted[address] = POSTED.get(name, {})
                    self.get(address)
        for address in more:
            self.get(address)
        todo = list(self.got.values())
        while todo:
            for address in sorted(pointed_to(todo.pop())):
                if address.startswith("/d/"):
                    self.media.add(address)
                elif address not in self.got and address.startswith("/team/"):
                    assert len(self.got) < MOST_PAGES, "the walk does not end"
                    todo.append(self.get(address))
        return self

    def again(self) -> "Walk":
        """The same once more, as far as it led anywhere."""
        later = Walk(self.client, posted=self.posted)
        for address, before in self.got.items():
            if before.status not in (403, 404):
                later.get(address)
        return later

    def get(self, address: str) -> Got:
        self.client.cookies.pop("messages", None)  # What one page has to say is not said on another.
        with undone():
            answer = self.client.get(address)
            if answer.status_code == 405:
                answer = self.client.post(address, self.posted.get(address), content_type="application/json")
            self.got[address] = _read(address, answer)
        assert self.got[address].status < 500, address
        return self.got[address]


def member_client(member: Member) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _read(address: str, answer) -> Got:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = dict(answer.items()) | {f"Set-Cookie {name}": str(morsel) for name, morsel in answer.cookies.items()}
    return Got(address, answer.status_code, headers, body)


def pointed_to(got: Got) -> set[str]:
    """Every address of ours in a page, its attributes, its blocks of JSON, or the headers."""
    texts = [got.headers.get("Location", "")]
    if "text" in got.type or "json" in got.type:
        plain = html.unescape(got.text).replace("\\u0026", "&")
        texts += OURS.findall(plain)
        texts += _Attributes.of(got.text) if "html" in got.type else []
    joined = (urlsplit(urljoin(got.address, text)) for text in texts if text)
    return {one._replace(scheme="", netloc="", fragment="").geturl() for one in joined if OURS.match(one.path)}


class _Attributes(HTMLParser):
    """Values of attributes that may be addresses, whatever the attribute is called."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def of(cls, page: str) -> list[str]:
        reader = cls()
        reader.feed(page)
        return reader.found

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value for _name, value in attributes if value and value.startswith(("/", "?", "../"))]


def readings(body: bytes) -> Iterator[bytes]:
    """The bytes as they are, and as a program would read them: unzipped or inflated."""
    yield body
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield name.encode() + b"\n" + packed.read(name)
    for match in re.finditer(rb"stream\r?\n", body) if body.startswith(b"%PDF") else ():
        try:
            yield zlib.decompressobj().decompress(body[match.end() :])
        except zlib.error:
            continue


def container_words(body: bytes) -> str:
    """What a media file tells about itself and its streams."""
    with av.open(io.BytesIO(body)) as container:
        told = dict(container.metadata)
        return "\n".join(f"{where}" for where in (told, *(stream.metadata for stream in container.streams)))


def traces(needle: str) -> dict[str, bytes]:
    """The forms in which a string could travel, in small letters."""
    plain = needle.encode()
    forms = {
        "plain": plain,
        "small": needle.lower().encode(),
        "UTF-16": needle.encode("utf-16-le"),
        "UTF-16, the other way": needle.encode("utf-16-be"),
        "percent": quote(needle, safe="").encode(),
        "JSON": json.dumps(needle)[1:-1].encode(),
        "hex": plain.hex().encode(),
        "entities": "".join(f"&#{ord(letter)};" for letter in needle).encode(),
    }
    for lead in range(3):
        coded = base64.b64encode(b"\0" * lead + plain)
        # The first and the last letters depend on what stands around.
        forms[f"base64 {lead}"] = coded[(0, 2, 3)[lead] : len(coded) - 4]
        forms[f"base64 {lead}, for addresses"] = forms[f"base64 {lead}"].translate(bytes.maketrans(b"+/", b"-_"))
    return {form: text.lower() for form, text in forms.items() if len(text) >= 6}


def leaks(got: Iterable[Got], needles: Iterable[str]) -> list[str]:
    """Which needle stands where, and in which form."""
    wanted = {needle: traces(needle) for needle in needles}
    found = []
    for one in got:
        bodies = [one.everything().lower(), *(body.lower() for body in list(readings(one.body))[1:])]
        for needle, forms in wanted.items():
            found += [
                f"{needle} ({form}) at {one.address}"
                for form, text in forms.items()
                if any(text in body for body in bodies)
            ]
    return found
