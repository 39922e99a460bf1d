"""The core of tus 1.0 and its extensions, as one sender sees them. Source: https://tus.io/protocols/resumable-upload"""

import base64
import hashlib
import os
from collections.abc import Iterator

import pytest

from tests.web.bytes.serving import PART, Served, Talk, ask, served_here, wait_until


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_here(tmp_path_factory.mktemp("tus")) as served:
        yield served


@pytest.fixture
def talk(served: Served) -> Talk:
    return served.issue(length=10)


@pytest.fixture
def open_talk(served: Served) -> Talk:
    """Of an upload whose length nobody has said."""
    return served.issue()


def digest(algorithm: str, body: bytes) -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, body).digest()).decode()}"


def test_options_tell_what_the_server_can_do_without_a_key(served: Served) -> None:
    said = ask(served.port, "OPTIONS", "/u/", {})
    assert said.status == 204
    assert said["Tus-Version"] == "1.0.0"
    assert set(said["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "creation-defer-length",
        "checksum",
        "expiration",
        "termination",
    }
    assert {"sha1", "sha256"} <= set(said["Tus-Checksum-Algorithm"].split(","))
    assert int(said["Tus-Max-Size"]) > 0


def test_parts_one_after_another_complete_an_upload(talk: Talk) -> None:
    assert talk.head() == 0
    first = talk.patch(0, b"01234")
    assert (first.status, first["Upload-Offset"], first["Tus-Resumable"]) == (204, "5", "1.0.0")
    assert not talk.is_finished()
    assert talk.patch(5, b"56789").status == 204
    assert talk.is_finished()
    assert talk.stored() == b"0123456789"
    assert talk.head() == 10


def test_head_says_how_far_how_long_until_when_and_may_not_be_kept(talk: Talk) -> None:
    talk.patch(0, b"012")
    said = talk.ask("HEAD")
    assert (said["Upload-Offset"], said["Upload-Length"], said["Cache-Control"]) == ("3", "10", "no-store")
    assert said["Upload-Expires"].endswith("GMT")
    assert said.body == b""


def test_another_offset_is_refused_and_changes_nothing(talk: Talk) -> None:
    talk.patch(0, b"012")
    for offset in (0, 2, 4):
        said = talk.patch(offset, b"xxx")
        assert (said.status, said.code, said["Upload-Offset"]) == (409, "offset_differs", "3")
    assert talk.stored() == b"012"


def test_an_empty_part_is_no_change(talk: Talk) -> None:
    talk.patch(0, b"012")
    assert talk.patch(3, b"")["Upload-Offset"] == "3"


def test_a_body_of_unknown_size(open_talk: Talk) -> None:
    said = open_talk.patch(0, iter([b"abc", b"def"]))
    assert (said.status, open_talk.stored()) == (204, b"abcdef")


def test_a_complete_upload_takes_no_more(talk: Talk) -> None:
    talk.patch(0, b"0123456789")
    said = talk.patch(10, b"x")
    assert (said.status, said.code) == (409, "completed")
    assert talk.ask("DELETE").status == 409
    assert talk.stored() == b"0123456789"


def test_method_override(talk: Talk) -> None:
    said = talk.ask("POST", body=b"01234", Upload_Offset="0", Content_Type=PART, X_HTTP_Method_Override="PATCH")
    assert (said.status, said["Upload-Offset"]) == (204, "5")


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0", ""])
def test_another_version_of_the_protocol(talk: Talk, version: str | None) -> None:
    said = talk.ask("HEAD", Tus_Resumable=version)
    assert (said.status, said["Tus-Version"]) == (412, "1.0.0")


def test_another_type_of_body(talk: Talk) -> None:
    for kind in ("application/octet-stream", "", None):
        assert talk.patch(0, b"012", Content_Type=kind).status == 415
    assert talk.stored() == b""


def test_other_methods_are_named(talk: Talk) -> None:
    said = talk.ask("GET")
    assert (said.status, said["Allow"]) == (405, "OPTIONS, HEAD, PATCH, DELETE")
    assert talk.ask("PUT", body=b"x").status == 405
    assert talk.ask("PATCH", "/u/", body=b"x").status == 405


class TestKeys:
    def test_without_one(self, talk: Talk) -> None:
        for value in (None, "", "Basic dTpw", "Bearer", "Bearer ä", "Bearer " + "x" * 3000):
            said = talk.ask("HEAD", Authorization=value)
            assert (said.status, said["WWW-Authenticate"]) == (401, "Bearer")

    def test_an_unknown_one_a_foreign_one_and_an_unknown_upload_get_the_same_answer(self, served: Served) -> None:
        mine, foreign = served.issue(length=10), served.issue(length=10)
        answers = [
            mine.patch(0, b"012", Authorization=f"Bearer {'0' * 43}"),
            mine.patch(0, b"012", Authorization=f"Bearer {foreign.token}"),
            mine.ask("PATCH", "/u/no-such-upload", b"012", Upload_Offset="0", Content_Type=PART),
            mine.ask("PATCH", f"/u/{foreign.grant.upload_id}", b"012", Upload_Offset="0", Content_Type=PART),
        ]
        assert {(said.status, said.body) for said in answers} == {(404, answers[0].body)}
        assert foreign.stored() == mine.stored() == b""

    def test_a_token_that_was_just_used_opens_no_other_upload(self, served: Served) -> None:
        mine, foreign = served.issue(length=10), served.issue(length=10)
        assert mine.patch(0, b"012").status == foreign.patch(0, b"abc").status == 204
        said = mine.ask("PATCH", foreign.path, b"xxx", Upload_Offset="3", Content_Type=PART)
        assert said.status == 404
        assert foreign.stored() == b"abc"

    def test_out_of_time(self, served: Served) -> None:
        late = served.issue(length=10, expires_in=-1)
        for said in (late.ask("HEAD"), late.patch(0, b"012")):
            assert said.status == 410
        assert late.stored() == b""


class TestCreation:
    def test_gives_the_one_upload_of_the_token(self, open_talk: Talk) -> None:
        said = open_talk.ask("POST", "/u/", Upload_Length="3", Upload_Metadata="filename Li4vLi4vZXRjL3Bhc3N3ZA==,x")
        assert (said.status, said["Location"]) == (201, open_talk.path)
        assert open_talk.ask("POST", "/u/", Upload_Length="3").status == 201
        assert open_talk.patch(0, b"abc").status == 204
        assert open_talk.is_finished()

    def test_again_with_another_length(self, open_talk: Talk) -> None:
        open_talk.ask("POST", "/u/", Upload_Length="3")
        said = open_talk.ask("POST", "/u/", Upload_Length="4")
        assert (said.status, said.code) == (409, "length_differs")

    def test_again_in_the_middle_keeps_what_is_here(self, open_talk: Talk) -> None:
        open_talk.ask("POST", "/u/", Upload_Length="6")
        open_talk.patch(0, b"abc")
        assert open_talk.ask("POST", "/u/", Upload_Length="6").status == 201
        assert open_talk.head() == 3

    def test_deferred_length_declared_with_the_last_part(self, open_talk: Talk) -> None:
        assert open_talk.ask("POST", "/u/", Upload_Defer_Length="1").status == 201
        assert open_talk.ask("HEAD")["Upload-Defer-Length"] == "1"
        open_talk.patch(0, b"abc")
        assert not open_talk.is_finished()
        assert open_talk.patch(3, b"def", Upload_Length="6").status == 204
        assert open_talk.is_finished()

    def test_deferred_length_declared_by_somebody_else(self, open_talk: Talk) -> None:
        """The page declares it at the database, while the server still remembers that there is none."""
        open_talk.patch(0, b"abc")
        (open_talk.served.folder / "gate" / f"{open_talk.grant.upload_id}.length").write_text("6")
        assert open_talk.patch(3, b"def").status == 204
        wait_until(open_talk.is_finished)

    def test_declared_twice(self, open_talk: Talk) -> None:
        open_talk.patch(0, b"abc", Upload_Length="6")
        assert open_talk.patch(3, b"d", Upload_Length="6").status == 204
        assert open_talk.patch(4, b"e", Upload_Length="7").status == 409

    def test_with_its_first_bytes(self, open_talk: Talk) -> None:
        said = open_talk.ask("POST", "/u/", b"abc", Upload_Length="6", Content_Type=PART)
        assert (said.status, said["Upload-Offset"]) == (201, "3")
        said = open_talk.ask("POST", "/u/", b"abc", Upload_Length="6", Content_Type=PART)
        assert (said.status, said["Upload-Offset"]) == (201, "3"), "the answer was lost and it is sent again"
        assert open_talk.stored() == b"abc"

    def test_with_all_its_bytes(self, open_talk: Talk) -> None:
        assert open_talk.ask("POST", "/u/", b"abc", Upload_Length="3", Content_Type=PART)["Upload-Offset"] == "3"
        assert open_talk.is_finished()

    def test_of_nothing(self, open_talk: Talk) -> None:
        assert open_talk.ask("POST", "/u/", Upload_Length="0").status == 201
        assert open_talk.is_finished()

    def test_neither_or_both_lengths(self, open_talk: Talk) -> None:
        for headers in ({}, {"Upload_Length": "3", "Upload_Defer_Length": "1"}, {"Upload_Defer_Length": "2"}):
            assert open_talk.ask("POST", "/u/", **headers).status == 400

    def test_concatenation_is_not_offered(self, open_talk: Talk) -> None:
        said = open_talk.ask("POST", "/u/", Upload_Length="3", Upload_Concat="partial")
        assert (said.status, said.code) == (400, "not_supported")


class TestSizes:
    def test_more_than_was_announced(self, talk: Talk) -> None:
        said = talk.patch(0, b"0123456789A")
        assert (said.status, said.code) == (413, "beyond_length")
        said = talk.patch(0, iter([b"0123456", b"789A"]))
        assert (said.status, said.code) == (413, "beyond_length")
        assert talk.head() == 0

    def test_more_than_is_allowed(self, served: Served) -> None:
        small = served.issue(max_bytes=5)
        assert small.ask("POST", "/u/", Upload_Length="6").status == 413
        assert small.patch(0, b"012345").code == "upload_too_large"
        assert small.patch(0, iter([b"0123", b"45"])).status == 413
        assert small.head() == 0

    def test_a_part_that_is_too_large(self, open_talk: Talk) -> None:
        announced = 64 * 2**20 + 1
        with open_talk.half_a_part(0, b"", announced) as line:
            assert line.recv(100).startswith(b"HTTP/1.1 413")


class TestChecksums:
    @pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
    def test_right(self, talk: Talk, algorithm: str) -> None:
        assert talk.patch(0, b"01234", Upload_Checksum=digest(algorithm, b"01234")).status == 204

    @pytest.mark.parametrize("size", [5, 3_000_000])
    def test_wrong_ones_leave_nothing_of_the_part(self, served: Served, size: int) -> None:
        talk = served.issue()
        talk.patch(0, b"before")
        said = talk.patch(6, os.urandom(size), Upload_Checksum=digest("sha256", b"something else"))
        assert (said.status, said.code, said["Upload-Offset"]) == (460, "checksum_differs", "6")
        assert talk.stored() == b"before"
        body = os.urandom(size)
        assert talk.patch(6, body, Upload_Checksum=digest("sha256", body)).status == 204
        assert talk.stored() == b"before" + body

    @pytest.mark.parametrize("value", ["", "sha256", "sha256 ", "sha256 !", "crc32 AAAA", "sha1 AAAA", "SHA1 ä"])
    def test_malformed(self, talk: Talk, value: str) -> None:
        assert talk.patch(0, b"01234", Upload_Checksum=value).status == 400
        assert talk.stored() == b""


class TestTermination:
    def test_given_up(self, talk: Talk) -> None:
        talk.patch(0, b"012")
        assert talk.ask("DELETE").status == 204
        assert talk.ask("HEAD").status == 404
        assert talk.patch(3, b"345").status == 404
        assert talk.ask("POST", "/u/", Upload_Length="10").status == 404


def test_answers_are_in_the_language_of_the_person_and_carry_no_foreign_origin(talk: Talk) -> None:
    said = talk.ask("HEAD", "/u/no-such-upload", Origin="https://elsewhere.example", Accept_Language="xx, en;q=0.5")
    assert said.status == 404
    assert "Access-Control-Allow-Origin" not in said.headers
    assert talk.ask("PATCH", "/u/no-such-upload", b"", Upload_Offset="0", Content_Type=PART).words.endswith(".")


def test_an_address_that_is_none(served: Served) -> None:
    for path in ("/u", "/u/a/b", "/x", "/u/%00", "/u/..%2f..%2fetc%2fpasswd"):
        assert ask(served.port, "HEAD", path, {"Tus-Resumable": "1.0.0"}).status in (307, 401, 404)
