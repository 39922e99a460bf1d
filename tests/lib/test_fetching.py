"""An address that somebody typed in leads nowhere that only this server can reach."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bothways.lib.fetching import MOST_BYTES, NotFetched, fetch, is_public
from tests.lib.far_away import HOST, PUBLIC, FarAway, far_away

PLACE = f"https://{HOST}/feed?key=1"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[FarAway]:
    with far_away(tmp_path) as there:
        there.answers["/feed?key=1"] = (200, {"ETag": '"one"'}, b"BEGIN:VCALENDAR")
        yield there


def why(there: FarAway, address: str = PLACE, **more: float) -> str:
    with pytest.raises(NotFetched) as refused:
        fetch(address, net=there.net, **more)
    return refused.value.code


def test_what_stands_at_a_public_address_is_read_from_the_address_that_was_checked(there: FarAway):
    fetched = fetch(PLACE, net=there.net)
    assert (fetched.content, fetched.etag) == (b"BEGIN:VCALENDAR", '"one"')
    assert there.connections == [PUBLIC]
    assert there.requests[0]["Host"] == HOST


def test_what_has_not_changed_is_not_sent_again(there: FarAway):
    there.answers["/feed?key=1"] = (304, {}, b"")
    fetched = fetch(PLACE, etag='"one"', net=there.net)
    assert (fetched.content, fetched.etag) == (None, '"one"')
    assert there.requests[0]["If-None-Match"] == '"one"'


PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.8", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::1", "::", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "2002:7f00:1::",
    "2001:0:5ef5::1", "100::1", "2001:10::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_mean_something_else_elsewhere_are_not_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"])
def test_addresses_of_the_internet_are_public(address: str):
    assert is_public(address)


@pytest.mark.parametrize("found", [["10.0.0.8"], [PUBLIC, "127.0.0.1"], ["::ffff:169.254.169.254"]])
def test_a_name_that_leads_inside_is_not_connected_to(there: FarAway, found: list[str]):
    there.names[HOST] = [found]
    assert why(there) == "private"
    assert there.connections == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254"])
def test_an_address_in_place_of_a_name_is_checked_the_same(there: FarAway, host: str):
    assert why(there, f"https://{host}/feed") == "private"
    assert there.connections == []


def test_a_name_that_leads_elsewhere_a_moment_later_leads_nowhere(there: FarAway):
    there.names[HOST] = [[PUBLIC], ["127.0.0.1"]]
    fetch(PLACE, net=there.net)
    assert there.connections == [PUBLIC], "asked once, and connected to what was checked"
    assert why(there) == "private"


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("https://inside.example/feed", "private"),
        ("https://127.0.0.1/feed", "private"),
        ("http://calendar.example/feed", "address"),
        ("file:///etc/passwd", "address"),
        ("gopher://calendar.example/", "address"),
        ("https://me:secret@calendar.example/", "address"),
        ("https://calendar.example/\u00e9", "address"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(there: FarAway, target: str, code: str):
    there.names["inside.example"] = [["10.0.0.8"]]
    there.answers["/feed?key=1"] = (302, {"Location": target}, b"")
    assert why(there) == code
    assert there.connections == [PUBLIC]


def test_three_redirects_are_followed_and_not_a_fourth(there: FarAway):
    for number in range(4):
        there.answers[f"/{number}"] = (307, {"Location": f"/{number + 1}"}, b"")
    there.answers["/4"] = (200, {}, b"far")
    assert fetch(f"https://{HOST}/1", net=there.net).content == b"far"
    assert why(there, f"https://{HOST}/0") == "redirects"


@pytest.mark.parametrize(
    "address",
    ["http://calendar.example/", "ftp://calendar.example/", "https://", "https://a b/", "https://x:99999/", "https://x:0/",
     "https://u:p@calendar.example/", "https://calendar.example/\r\nX: y", "javascript:1", ""],
)  # fmt: skip
def test_only_plain_https_is_asked_for(there: FarAway, address: str):
    assert why(there, address) == "address"
    assert there.connections == []


def test_the_certificate_must_be_that_of_the_name(tmp_path: Path):
    with far_away(tmp_path, certificate_for="somebody.example") as there:
        assert why(there) == "certificate"
        assert there.requests == []


@pytest.mark.parametrize(
    ("status", "code"), [(404, "gone"), (410, "gone"), (401, "refused"), (500, "refused"), (304, "refused")]
)
def test_other_answers_have_a_reason(there: FarAway, status: int, code: str):
    there.answers["/feed?key=1"] = (status, {}, b"")
    assert why(there) == code


def test_too_much_is_not_taken_in(there: FarAway):
    there.answers["/feed?key=1"] = (200, {}, b"x" * (MOST_BYTES + 1))
    assert why(there) == "large"
    there.answers["/feed?key=1"] = (200, {"Content-Encoding": "gzip"}, b"x")
    assert why(there) == "refused"


def test_what_breaks_off_is_not_taken_for_the_whole(there: FarAway):
    def half(handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"half")

    there.answers["/feed?key=1"] = half
    assert why(there) == "unreachable"


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_server_that_drips_is_left_in_time(there: FarAway, where: str):
    def drip(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if where == "body" else b""))
        for _count in range(400):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)

    there.answers["/feed?key=1"] = drip
    assert why(there, limit_s=0.6) == "slow"


def test_nobody_there_is_told_apart(there: FarAway):
    there.names[HOST] = [[]]
    assert why(there) == "unreachable"
